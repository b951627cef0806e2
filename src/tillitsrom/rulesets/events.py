"""What happens with agreements, as sentences."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("agreement.area", _("The agreement area was set to %(area)s from %(since)s."), ()),
    EventKind("agreement.begin", _("Negotiation of the agreement began."), ()),
    EventKind("agreement.edit", _("The agreement was changed: %(fields)s."), ()),
    EventKind(
        "agreement.signatures_fell", _("Because the agreement was changed, %(parties)s must sign again."), ()
    ),
    EventKind("agreement.sign", _("%(party)s signed the agreement."), ()),
    EventKind("agreement.complete", _("All parties have signed."), ()),
    EventKind("agreement.take_effect", _("The agreement took effect."), ()),
    EventKind("agreement.evaluate", _("The parties evaluated the agreement: %(reason)s"), ("reason",)),
    EventKind("agreement.renegotiate", _("Negotiation of a new agreement began."), ()),
    EventKind("agreement.replace", _("A new agreement took over."), ()),
    EventKind("agreement.expire", _("The agreement reached its last day."), ()),
    EventKind("agreement.terminate", _("The agreement was ended: %(reason)s"), ("reason",)),
)
