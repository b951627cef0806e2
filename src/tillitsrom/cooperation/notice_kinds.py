"""What people are told about cases."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("case.raised", _("%(party)s has raised case %(case)s.")),
    NoticeKind("case.form", _("The form of case %(case)s was set. You may contest it.")),
    NoticeKind("case.contested", _("%(party)s contests the form of case %(case)s.")),
    NoticeKind("case.settled", _("The form of case %(case)s is confirmed by both sides.")),
    NoticeKind("case.involved", _("%(party)s takes part in case %(case)s.")),
    NoticeKind("case.position", _("%(party)s has given its position in case %(case)s.")),
    NoticeKind("case.paper", _("A paper has come in case %(case)s: %(title)s")),
    NoticeKind("case.called", _("Case %(case)s is to be treated on %(day)s.")),
    NoticeKind("case.held", _("The meeting about case %(case)s has been held.")),
    NoticeKind("case.called_off", _("The meeting on %(day)s about case %(case)s was called off.")),
    NoticeKind("case.again", _("Case %(case)s is to be taken up again in a new meeting.")),
    NoticeKind("case.announced", _("The employer has said what it means to decide in case %(case)s.")),
    NoticeKind("case.decided", _("Case %(case)s is decided.")),
    NoticeKind("case.agreed", _("The parties have agreed in case %(case)s.")),
    NoticeKind("case.disagreed", _("%(party)s notes that the parties do not agree in case %(case)s.")),
    NoticeKind("case.path", _("A step on the path for disagreement was noted in case %(case)s.")),
    NoticeKind("case.closed", _("Case %(case)s is closed.")),
    NoticeKind("case.withdrawn", _("Case %(case)s was withdrawn.")),
    NoticeKind("meeting.called", _("You are called to %(meeting)s. On the agenda: %(agenda)s.")),
    NoticeKind("meeting.moved", _("A meeting was moved. It is now: %(meeting)s. %(reason)s")),
    NoticeKind("meeting.cancelled", _("The meeting was cancelled: %(meeting)s. %(reason)s")),
    NoticeKind("minutes.sent", _("The minutes of case %(case)s wait for your party's approval.")),
    NoticeKind("minutes.approved", _("The minutes of case %(case)s are approved by all.")),
    NoticeKind("minutes.objected", _("%(party)s asks for a change in the minutes of case %(case)s.")),
)
