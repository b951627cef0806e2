"""The notices of this slice: always to both parties, for the evaluation is made together (aml. § 9-2)."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("control.registered", _("The control measure «%(what)s» is registered. It is discussed before it starts.")),
    NoticeKind("control.discussed", _("It is noted that you have discussed the control measure «%(what)s».")),
    NoticeKind("control.active", _("The control measure «%(what)s» is in use from %(date)s.")),
    NoticeKind("control.due", _("The control measure «%(what)s» is due for evaluation. Say what your side thinks.")),
    NoticeKind("control.overdue", _("The evaluation of the control measure «%(what)s» is overdue.")),
    NoticeKind("control.said", _("The other side has said what it thinks of the control measure «%(what)s».")),
    NoticeKind("control.keep", _("The control measure «%(what)s» is kept.")),
    NoticeKind("control.change", _("The control measure «%(what)s» is to be changed.")),
    NoticeKind("control.end", _("The control measure «%(what)s» is ended.")),
)  # fmt: skip
