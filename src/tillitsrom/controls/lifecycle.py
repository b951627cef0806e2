"""The life of a control measure as a table that code, buttons, tests and documentation read (aml. § 9-2)."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import RUNNING, ControlMeasure

S = ControlMeasure.Status


def only_by_the_clock(_actor: object, _obj: object) -> Decision:
    """A step that the clock makes; no person can ask for it."""
    return deny(_("The system does this by itself."))


_EVALUATED = (S.ACTIVE, S.DUE, S.KEPT)

CONTROL = Lifecycle(
    [
        Transition("discuss", S.PROPOSED, S.DISCUSSED, rules.may_note_discussion, _("Note that it was discussed"), ("on",)),
        Transition("inform", S.DISCUSSED, S.INFORMED, rules.may_lead, _("Note that those affected are informed"), ("on", "how")),
        Transition("activate", S.INFORMED, S.ACTIVE, rules.may_activate, _("Put it to use"), ("starts_on", "next_evaluation")),
        Transition("inform_again", S.CHANGED, S.ACTIVE, rules.may_lead, _("Note that those affected are informed of the change"), ("on", "how")),
        *(Transition("fall_due", s, S.DUE, only_by_the_clock) for s in (S.ACTIVE, S.KEPT)),
        # When both sides say the same, that is the result at once.
        *(
            Transition("say", s, s, rules.may_say, _("Say what your side thinks of it"), ("result", "reason", "next_evaluation"))
            for s in _EVALUATED
        ),
        *(Transition("settle_keep", s, S.KEPT, rules.may_settle, _("Decide to keep it"), ("reason", "next_evaluation")) for s in _EVALUATED),
        *(Transition("settle_change", s, S.CHANGED, rules.may_settle, _("Decide to change it"), ("reason", "next_evaluation")) for s in _EVALUATED),
        *(Transition("settle_end", s, S.ENDED, rules.may_settle_end, _("Decide to end it"), ("reason",)) for s in _EVALUATED),
        *(
            Transition("drop", s, S.ENDED, rules.may_end, _("Drop it"), ("reason",))
            for s in (S.PROPOSED, S.DISCUSSED, S.INFORMED)
        ),
        Transition("end_now", S.CHANGED, S.ENDED, rules.may_end, _("End it instead of changing it"), ("reason",)),
    ]
)  # fmt: skip
LIVING = (S.PROPOSED, S.DISCUSSED, S.INFORMED, *RUNNING)
