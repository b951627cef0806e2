"""The life of a local agreement, as a table that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import LocalAgreement

S = LocalAgreement.Status


def only_the_system(_actor: object, _obj: object) -> Decision:
    """Steps that happen by themselves: the last signature, the first day, the last day; no person can ask for them."""
    return deny(_("The system does this by itself."))


LOCAL_AGREEMENT = Lifecycle(
    [
        Transition("edit", S.NEGOTIATING, S.NEGOTIATING, rules.may_keep, _("Change the agreement")),
        Transition("sign", S.NEGOTIATING, S.NEGOTIATING, rules.may_sign_some, _("Sign")),
        Transition("complete", S.NEGOTIATING, S.SIGNED, only_the_system),
        Transition("take_effect", S.SIGNED, S.IN_FORCE, only_the_system),
        *(
            Transition(
                "evaluate", source, S.EVALUATED, rules.may_act_for_a_side, _("Evaluate together"), ("reason",)
            )
            for source in (S.IN_FORCE, S.EVALUATED)
        ),
        *(
            Transition(
                "renegotiate", source, source, rules.may_act_for_a_side, _("Negotiate a new agreement")
            )
            for source in (S.IN_FORCE, S.EVALUATED, S.TERMINATED)
        ),
        *(
            Transition("replace", source, S.REPLACED, only_the_system)
            for source in (S.IN_FORCE, S.EVALUATED)
        ),
        *(
            Transition("expire", source, S.TERMINATED, only_the_system)
            for source in (S.IN_FORCE, S.EVALUATED)
        ),
        *(
            Transition(
                "terminate", source, S.TERMINATED, rules.may_act_for_a_side, label, ("reason",)
            )
            for source, label in (
                (S.NEGOTIATING, _("Stop the negotiation")),
                (S.SIGNED, _("End the agreement")),
                (S.IN_FORCE, _("End the agreement")),
                (S.EVALUATED, _("End the agreement")),
            )
        ),
    ]
)  # fmt: skip
