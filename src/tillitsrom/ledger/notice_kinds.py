"""What people are told about the ledger."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("ledger.before_needed", _("How long did it take before? «%(title)s» needs an answer.")),
    NoticeKind("ledger.asked", _("How long does it take you now? «%(title)s». Three taps, and nobody sees what you answer.")),
    NoticeKind("ledger.reminder", _("The question about «%(title)s» closes soon. If you have answered, you need do nothing.")),
    NoticeKind("ledger.too_few", _("Too few answered about «%(title)s». Ask again, or say an estimate.")),
    NoticeKind("ledger.to_confirm", _("Hours before and after are known for «%(title)s». Confirm or dispute it for your party.")),
    NoticeKind("ledger.disputed", _("%(party)s disputes «%(title)s» in the ledger.")),
    NoticeKind("ledger.verified", _("Both parties have confirmed «%(title)s» in the ledger.")),
)  # fmt: skip
