"""The notices of this slice. Senders of signals get their answers from the signals; these go to owners and to those who asked."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("request.received", _("%(who)s asks you about «%(what)s» Answer by %(date)s.")),
    NoticeKind("request.more_time", _("The owner needs more time for «%(what)s» The answer is now due by %(date)s.")),
    NoticeKind("request.unanswered", _("The date has passed without an answer about «%(what)s»")),
    NoticeKind("request.you_are_late", _("Your answer about «%(what)s» is late, and is shown publicly as unanswered.")),
    NoticeKind("request.answered.dropped", _("Answer: «%(what)s» is dropped.")),
    NoticeKind("request.answered.simplified", _("Answer: «%(what)s» is made simpler.")),
    NoticeKind("request.answered.kept", _("Answer: «%(what)s» is kept. The justification stands with it.")),
    NoticeKind("request.answered.law_change", _("Answer: a change of the law behind «%(what)s» will be proposed.")),
    NoticeKind("obstacle.changed", _("The law behind «%(what)s» was changed.")),
    NoticeKind("new_duty.lapsed", _("The reporting duty «%(what)s» has reached its end date and has lapsed.")),
)  # fmt: skip
