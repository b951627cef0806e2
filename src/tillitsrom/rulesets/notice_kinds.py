"""What people are told about agreements."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("agreement.to_sign", _("«%(title)s» is ready to be signed by %(party)s.")),
    NoticeKind("agreement.changed", _("«%(title)s» was changed after you signed. Read it and sign again.")),
    NoticeKind("agreement.signed", _("All parties have signed «%(title)s».")),
    NoticeKind("agreement.expires", _("«%(title)s» ends on %(day)s. Agree on a new one in time.")),
    NoticeKind("agreement.expired", _("«%(title)s» has ended. The days are no longer agreed locally.")),
    NoticeKind("agreement.to_evaluate", _("It is time to evaluate «%(title)s» together.")),
)
