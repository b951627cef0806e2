"""The lives of meetings and minutes, as tables that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules_meetings as rules
from .models import Meeting, Minutes

M = Meeting.Status
P = Minutes.Status

MEETING = Lifecycle(
    [
        Transition("edit", M.PLANNED, M.PLANNED, rules.may_plan, _("Change the meeting")),
        Transition("agenda", M.PLANNED, M.PLANNED, rules.may_plan, _("Change the agenda")),
        Transition("call", M.PLANNED, M.CALLED, rules.may_call, _("Call the parties"), ("late_reason",)),
        Transition("move", M.CALLED, M.CALLED, rules.may_call, _("Move the meeting"), ("on", "reason")),
        *(
            Transition("attend", source, source, rules.may_plan, _("Note who came"))
            for source in (M.CALLED, M.HELD)
        ),
        Transition("hold", M.CALLED, M.HELD, rules.may_hold, _("Note that the meeting was held")),
        Transition("cancel", M.PLANNED, M.CANCELLED, rules.may_plan, _("Cancel the meeting"), ("reason",)),
        Transition("cancel", M.CALLED, M.CANCELLED, rules.may_call, _("Cancel the meeting"), ("reason",)),
    ]
)

MINUTES = Lifecycle(
    [
        Transition("write", P.DRAFTED, P.DRAFTED, rules.may_write, _("Write the minutes")),
        Transition("view", P.DRAFTED, P.DRAFTED, rules.may_write_some_view, _("Write your party's view")),
        Transition("send", P.DRAFTED, P.SENT, rules.may_send, _("Send for approval")),
        Transition("approve", P.SENT, P.APPROVED, rules.may_approve, _("Approve the minutes")),
        Transition("object", P.SENT, P.DRAFTED, rules.may_object, _("Ask for a change"), ("objection",)),
    ]
)
