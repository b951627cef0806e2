"""What happens in the cooperation between the parties, as sentences."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("case.raise", _("%(party)s raised the case."), ()),
    EventKind("case.edit", _("Changed: %(fields)s."), ()),
    EventKind("case.form.information", _("The form was set to information. %(reason)s"), ()),
    EventKind("case.form.consultation", _("The form was set to asking for advice. %(reason)s"), ()),
    EventKind("case.form.committee", _("The form was set to treatment in a committee. %(reason)s"), ()),
    EventKind("case.form.discussion", _("The form was set to discussion. %(reason)s"), ()),
    EventKind("case.form.negotiation", _("The form was set to negotiation. %(reason)s"), ()),
    EventKind("case.confirm", _("%(party)s confirmed the form."), ()),
    EventKind("case.settle", _("Both sides have confirmed the form."), ()),
    EventKind("case.uncall", _("The meeting about the case was called off."), ()),
    EventKind("case.contest", _("%(party)s contests the form: %(reason)s"), ()),
    EventKind("case.involve", _("%(party)s takes part from %(since)s."), ()),
    EventKind("case.position", _("%(party)s gave its position."), ()),
    EventKind("case.paper", _("A paper was sent to the parties: %(title)s"), ()),
    EventKind("case.call", _("The case was put on the agenda for %(day)s."), ()),
    EventKind("case.hold", _("The meeting about the case was held."), ()),
    EventKind("case.again", _("The case is to be discussed again: %(reason)s"), ()),
    EventKind("case.announce", _("The employer said what it means to decide."), ()),
    EventKind("case.decide", _("The employer decided: %(reason)s"), ()),
    EventKind("case.agree", _("The parties agreed."), ()),
    EventKind("case.disagree", _("%(party)s notes that the parties do not agree: %(reason)s"), ()),
    EventKind("case.path", _("A step on the path for disagreement was taken on %(day)s."), ()),
    EventKind("case.close", _("The case was closed."), ()),
    EventKind("case.withdraw", _("The case was withdrawn: %(reason)s"), ()),
    EventKind("body.save", _("The body %(name)s was saved."), ()),
    EventKind("body.seat", _("A seat in the body was changed."), ()),
    EventKind("meeting.plan", _("A meeting was planned for %(day)s."), ()),
    EventKind("meeting.call", _("The parties were called to the meeting."), ()),
    EventKind("meeting.hold", _("The meeting was held."), ()),
    EventKind("meeting.cancel", _("The meeting was cancelled: %(reason)s"), ()),
    EventKind("minutes.write", _("The minutes were changed."), ()),
    EventKind("minutes.send", _("The minutes were sent for approval."), ()),
    EventKind("minutes.approve", _("%(party)s approved the minutes."), ()),
    EventKind("minutes.sign", _("%(party)s signed the minutes."), ()),
    EventKind("minutes.object", _("%(party)s asks for a change in the minutes: %(objection)s"), ()),
)
