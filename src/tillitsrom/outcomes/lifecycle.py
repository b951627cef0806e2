"""The lives of requests, hindrances in law and new duties, as tables that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import LegalObstacle, NewDuty, Request

R, O, N = Request.Status, LegalObstacle.Status, NewDuty.Status  # noqa: E741  # the letter of each


def only_by_the_clock(_actor: object, _obj: object) -> Decision:
    """Steps that the clock makes; no person can ask for them."""
    return deny(_("The system does this by itself."))


def only_by_the_answer(_actor: object, _obj: object) -> Decision:
    """Steps that follow from the answer to the request about the same requirement."""
    return deny(_("This follows from the answer to the request."))


_WAITING = (R.SENT, R.UNANSWERED)

REQUEST = Lifecycle(
    [
        *(Transition("drop", s, R.ANSWERED, rules.may_drop, _("Drop it"), ("reason",)) for s in _WAITING),
        *(
            Transition("simplify", s, R.ANSWERED, rules.may_change_now, _("Make it simpler"), ("text", "reason"))
            for s in _WAITING
        ),
        *(
            Transition("keep", s, R.ANSWERED, rules.may_change_now, _("Keep it, with a justification"), ("reason", "review_on"))
            for s in _WAITING
        ),
        *(
            Transition("promise_law", s, R.ANSWERED, rules.may_promise_law, _("Propose to change the law"), ("reason", "review_on"))
            for s in _WAITING
        ),
        Transition("more_time", R.SENT, R.SENT, rules.may_ask_for_time, _("Ask for more time, once"), ("reason",)),
        Transition("lapse", R.SENT, R.UNANSWERED, only_by_the_clock),
    ]
)  # fmt: skip
ANSWERS = {
    "drop": Request.Answer.DROPPED,
    "simplify": Request.Answer.SIMPLIFIED,
    "keep": Request.Answer.KEPT,
    "promise_law": Request.Answer.LAW_CHANGE,
}

OBSTACLE = Lifecycle(
    [
        *(Transition("promise", s, O.PROMISED, only_by_the_answer) for s in (O.REGISTERED, O.KEPT)),
        *(Transition("keep", s, O.KEPT, only_by_the_answer) for s in (O.REGISTERED, O.PROMISED)),
        *(
            Transition("change", s, O.CHANGED, rules.may_follow_up, _("Note that the law was changed, and drop the requirement"), ("reason",))
            for s in (O.REGISTERED, O.PROMISED, O.KEPT)
        ),
    ]
)  # fmt: skip

NEW_DUTY = Lifecycle(
    [
        Transition("take_effect", N.REGISTERED, N.IN_EFFECT, only_by_the_clock),
        Transition("lapse", N.IN_EFFECT, N.LAPSED, only_by_the_clock),
        *(
            Transition("renew", s, N.IN_EFFECT, rules.may_keep_duty, _("Renew it to a later date"), ("ends_on", "reason"))
            for s in (N.IN_EFFECT, N.LAPSED)
        ),
        *(
            Transition("end", s, N.ENDED, rules.may_keep_duty, _("End it"), ("reason",))
            for s in (N.IN_EFFECT, N.LAPSED)
        ),
        Transition("withdraw", N.REGISTERED, N.WITHDRAWN, rules.may_keep_duty, _("Withdraw it"), ("reason",)),
    ]
)  # fmt: skip
