"""What happens to accounts and roles, as sentences."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("people.organisation_saved", _("The organisation %(name)s was saved."), ()),
    EventKind("people.unit_saved", _("The unit %(name)s was saved."), ()),
    EventKind("people.party_saved", _("The party %(name)s was saved."), ()),
    EventKind("people.person_saved", _("The account was saved."), ()),
    EventKind("people.account_closed", _("The account was closed."), ()),
    EventKind("people.account_opened", _("The account was opened again."), ()),
    EventKind("people.password_link_sent", _("A link for choosing a password was sent."), ()),
    EventKind("people.administrator_made", _("A system administrator was made from the command line."), ()),
    EventKind("people.membership_ended", _("A role was ended."), ()),
    EventKind("people.membership_saved", _("A role was given or changed."), ()),
    EventKind("people.person_erased", _("The person was erased."), ()),
    EventKind("people.token_made", _("A key for the API was made."), ()),
    EventKind("people.token_removed", _("A key for the API was removed."), ()),
)
