"""The life of a signal, as a table that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import OPEN_STATES, WITH_OTHERS, Signal

S = Signal.Status


def only_by_the_clock(_actor: object, _obj: object) -> Decision:
    """Steps that the clock makes; no person can ask for them."""
    return deny(_("The system does this by itself."))


_LIVING = tuple(S(code) for code in OPEN_STATES)

SIGNAL = Lifecycle(
    [
        *(
            Transition("assess", source, S.ASSESSED, rules.may_handle, _("Choose a lane"), ("lane",))
            for source in (S.RECEIVED, S.REOPENED, S.ASSESSED, S.IN_PROGRESS)
        ),
        *(
            Transition("start", source, S.IN_PROGRESS, rules.may_handle, _("Start working on it"))
            for source in (S.ASSESSED, S.REOPENED)
        ),
        *(
            Transition("take_back", source, S.IN_PROGRESS, rules.may_handle, _("Take it back"), ("note",))
            for source in WITH_OTHERS
        ),
        *(
            Transition("with_owner", source, S.WITH_OWNER, rules.may_handle, _("Send it to the owner of the requirement"), ("note",))
            for source in _LIVING
            if source != S.WITH_OWNER
        ),
        *(
            Transition("in_case", source, S.IN_CASE, rules.may_raise, _("Raise it as a case"), ("note",))
            for source in _LIVING
            if source != S.IN_CASE
        ),
        *(
            Transition("on_trial", source, S.ON_TRIAL, rules.may_answer, _("Try it out"), ("note",))
            for source in _LIVING
            if source != S.ON_TRIAL
        ),
        *(
            Transition("pass_on", source, source, rules.may_handle, _("Give it to another"), ("owner", "note"))
            for source in _LIVING
        ),
        *(
            Transition("answer", source, S.ANSWERED, rules.may_answer, _("Answer"), ("outcome", "reason"))
            for source in _LIVING
        ),
        *(
            Transition("transfer", source, S.ANSWERED, rules.may_handle, _("Pass on to a body outside"), ("transferred_to", "reason"))
            for source in _LIVING
        ),
        Transition("reopen", S.ANSWERED, S.REOPENED, rules.may_reopen, _("Open it again"), ("reason",)),
        *(Transition("escalate", source, source, only_by_the_clock) for source in _LIVING),
    ]
)  # fmt: skip
HANDED_OVER = {"with_owner": S.WITH_OWNER, "in_case": S.IN_CASE, "on_trial": S.ON_TRIAL}
