"""The lives of a call for input and of each problem statement in it, as tables."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules_calls as rules
from .models_calls import InputCall, Statement

S, P = InputCall.Status, Statement.Status
# Where a removed draft goes: it is no longer kept.
GONE = "gone"

CALL = Lifecycle(
    [
        Transition("answer", S.OPEN, S.ANSWERED, rules.may_deliver, _("Give the answer")),
        Transition("answer_fewer", S.OPEN, S.ANSWERED, rules.may_deliver_fewer, _("Answer with fewer, and say why"), ("few_reason",)),
        Transition("move", S.OPEN, S.OPEN, rules.may_lead, _("Give more time"), ("due_on",)),
        Transition("withdraw", S.OPEN, S.WITHDRAWN, rules.may_lead, pgettext_lazy("call", "Withdraw it"), ("ending",)),
        Transition("lapse", S.OPEN, S.LAPSED, rules.may_lapse, _("Note that no answer came"), ("ending",)),
        Transition("close", S.ANSWERED, S.CLOSED, rules.may_close, _("Close, and say what it led to"), ("ending",)),
    ]
)  # fmt: skip

STATEMENT = Lifecycle(
    [
        Transition("change", P.DRAFT, P.DRAFT, rules.may_change, _("Change it"), ("problem", "who")),
        Transition("remove", P.DRAFT, GONE, rules.may_change, pgettext_lazy("statement", "Remove it")),
        Transition("take_up", P.RECEIVED, P.TAKEN_UP, rules.may_take_up, _("Make a signal of it"), ("occasions", "period", "span")),
        Transition("in_case", P.RECEIVED, P.TAKEN_UP, rules.may_treat, _("It lies in a case"), ("case_number",)),
        *(Transition("answer", s, P.ANSWERED, rules.may_treat, _("Answer, with a reason"), ("answer",)) for s in (P.RECEIVED, P.TAKEN_UP)),
    ]
)  # fmt: skip
