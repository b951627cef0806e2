"""What happens to decisions, requests, hindrances in law and new duties, as sentences. None of their data is about a person."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("decision.made", _("It was decided: %(reason)s"), ()),
    EventKind("request.sent", _("The request was sent; an answer is due by %(date)s."), ()),
    EventKind("request.more_time", _("The owner asked for more time, until %(date)s: %(reason)s"), ()),
    EventKind("request.lapse", _("The date passed without an answer."), ()),
    EventKind("request.drop", _("The owner answered that the requirement is dropped: %(reason)s"), ()),
    EventKind(
        "request.simplify", _("The owner answered that the requirement is made simpler: %(reason)s"), ()
    ),
    EventKind("request.keep", _("The owner answered that the requirement is kept: %(reason)s"), ()),
    EventKind(
        "request.promise_law",
        _("The owner answered that a change of the law will be proposed: %(reason)s"),
        (),
    ),
    EventKind("obstacle.registered", _("The hindrance in law was registered."), ()),
    EventKind("obstacle.again", _("Another request met the same hindrance in law."), ()),
    EventKind("obstacle.promise", _("A change of the law is to be proposed."), ()),
    EventKind("obstacle.keep", _("The law stands: %(reason)s"), ()),
    EventKind("obstacle.change", _("The law was changed: %(reason)s"), ()),
    EventKind("new_duty.registered", _("The reporting duty was registered."), ()),
    EventKind("new_duty.take_effect", _("The reporting duty took effect."), ()),
    EventKind("new_duty.lapse", _("The end date passed, and the reporting duty lapsed."), ()),
    EventKind("new_duty.renew", _("The reporting duty was renewed until %(date)s: %(reason)s"), ()),
    EventKind("new_duty.end", _("The reporting duty was ended: %(reason)s"), ()),
    EventKind("new_duty.withdraw", _("The reporting duty was withdrawn: %(reason)s"), ()),
)
