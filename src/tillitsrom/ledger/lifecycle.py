"""The life of an entry, as a table that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import ALIVE, S


def only_the_system(_actor: object, _obj: object) -> Decision:
    """Steps that happen by themselves: the question opens and closes, the second side has confirmed."""
    return deny(_("The system does this by itself."))


_BEFORE = ("title", "low", "high", "people", "how")

ENTRY = Lifecycle(
    [
        *(
            Transition("state_before", s, S.BEFORE_KNOWN, rules.may_keep, _("Say what it took before"), _BEFORE)
            for s in (S.OPENED, S.BEFORE_KNOWN)
        ),
        Transition("ask", S.BEFORE_KNOWN, S.WAITING, only_the_system),
        Transition("find_after", S.WAITING, S.MEASURED, only_the_system),
        Transition("ask_again", S.WAITING, S.WAITING, rules.may_go_on_without, _("Ask the front line again")),
        Transition(
            "state_after", S.WAITING, S.MEASURED, rules.may_go_on_without, _("Say an estimate instead"), ("low", "high", "how")
        ),
        Transition("confirm", S.MEASURED, S.MEASURED, rules.may_confirm, _("Confirm")),
        Transition("complete", S.MEASURED, S.VERIFIED, only_the_system),
        *(
            Transition("dispute", s, S.DISPUTED, rules.may_speak, _("Dispute it"), ("words",))
            for s in (S.MEASURED, S.VERIFIED)
        ),
        Transition("dispute", S.DISPUTED, S.DISPUTED, rules.may_speak, _("Say your side"), ("words",)),
        Transition(
            "settle", S.DISPUTED, S.MEASURED, rules.may_speak, _("Propose new figures to both"), ("low", "high", "how")
        ),
        *(
            Transition("set_use", s, s, rules.may_keep, _("Say what the time goes to"), ("used_for", "use_decision"))
            for s in ALIVE
        ),
        *(Transition("overlap", s, s, rules.may_keep, _("Mark what it overlaps with"), ("overlaps",)) for s in ALIVE),
        *(Transition("withdraw", s, S.WITHDRAWN, rules.may_withdraw, _("Withdraw the entry"), ("reason",)) for s in ALIVE),
    ]
)  # fmt: skip
