"""What happens in the ledger, as sentences."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("ledger.open", _("The entry was opened because something was decided."), ()),
    EventKind("ledger.state_before", _("Hours before were stated: %(low)s to %(high)s hours a year."), ()),
    EventKind("ledger.ask", _("The front line is asked how long it takes now."), ()),
    EventKind("ledger.ask_again", _("The front line is asked again."), ()),
    EventKind("ledger.find_after", _("The front line has answered: %(n)s answers."), ()),
    EventKind("ledger.too_few", _("The question closed with too few answers to be shown."), ()),
    EventKind("ledger.state_after", _("Hours after were estimated: %(low)s to %(high)s hours a year."), ()),
    EventKind("ledger.confirm", _("%(party)s confirmed the entry."), ()),
    EventKind("ledger.complete", _("Both parties have confirmed the entry."), ()),
    EventKind("ledger.dispute", _("%(party)s disputes the entry: %(words)s"), ("words",)),
    EventKind(
        "ledger.settle",
        _("New hours after were proposed to both parties: %(low)s to %(high)s hours a year."),
        (),
    ),
    EventKind("ledger.set_use", _("What the time goes to: %(use)s. %(why)s"), ("why",)),
    EventKind("ledger.overlap", _("What it overlaps with: %(entries)s."), ()),
    EventKind("ledger.withdraw", _("The entry was withdrawn: %(reason)s"), ("reason",)),
)
