"""What the forms on the way from a signal to a confirmed entry cost (R20). Their minutes are subtracted from what is given back."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.burden import Form, declare

declare(
    Form("signal.send", _("Report what takes time"), _("anyone at the workplace"), 1),
    Form("signal.handle", _("Assess and answer a signal"), _("the manager who owns it"), 10),
    Form("outcome.decide", _("Decide what becomes of it"), _("the one who decides"), 15),
    Form("ledger.before", _("Say what it took before"), _("the workplace"), 10),
    Form("ledger.after", _("Answer how long it takes now"), _("those who do the work"), 1),
    Form("ledger.confirm", _("Confirm or dispute an entry of the ledger"), _("each party"), 5),
)
