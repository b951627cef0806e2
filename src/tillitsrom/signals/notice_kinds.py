"""The notices of this slice: every change and every outcome reaches those whom it concerns."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.notices.kinds import NoticeKind, register

register(
    NoticeKind("signal.received", _("You own a new signal: «%(what)s» An answer is promised by %(date)s.")),
    NoticeKind("signal.opened", _("Confidential signals have opened: %(count)s. They are on your desk."), batched=True),
    NoticeKind("signal.given", _("You were given a signal: «%(what)s» An answer is promised by %(date)s.")),
    NoticeKind("signal.escalated", _("A promised answer did not come, and the signal is now yours: «%(what)s»")),
    NoticeKind("signal.late", _("The answer to «%(what)s» is late. It has gone to the next level.")),
    NoticeKind("signal.no_next_level", _("The answer to «%(what)s» is late, and there is no level above you.")),
    NoticeKind("signal.message", _("There is a new message about «%(what)s»")),
    NoticeKind("signal.messages_by_code", _("There are new messages about confidential signals: %(count)s."), batched=True),
    NoticeKind("signal.assess", _("«%(what)s» has been assessed. An answer is promised by %(date)s.")),
    NoticeKind("signal.start", _("Somebody has started working on «%(what)s»")),
    NoticeKind("signal.take_back", _("«%(what)s» is being worked on at your workplace again.")),
    NoticeKind("signal.came_back", _("«%(what)s» no longer lies in a case. It is being worked on at your workplace again, and an answer is promised by %(date)s.")),
    NoticeKind("signal.came_back_to_owner", _("The case about «%(what)s» has ended without an answer to it. It is with you again, and an answer is promised by %(date)s.")),
    NoticeKind("signal.pass_on", _("«%(what)s» has a new owner. The promised date stands.")),
    NoticeKind("signal.with_owner", _("«%(what)s» was sent to the owner of the requirement.")),
    NoticeKind("signal.in_case", _("«%(what)s» was raised as a case between the parties.")),
    NoticeKind("signal.on_trial", _("«%(what)s» is being tried out.")),
    NoticeKind("signal.reopened", _("The sender has opened «%(what)s» again.")),
    NoticeKind("signal.answered.removed", _("Answer: «%(what)s» was removed.")),
    NoticeKind("signal.answered.simplified", _("Answer: «%(what)s» was simplified.")),
    NoticeKind("signal.answered.merged", _("Answer: «%(what)s» was merged with something else.")),
    NoticeKind("signal.answered.delegated", _("Answer: «%(what)s» was delegated.")),
    NoticeKind("signal.answered.rule_changed", _("Answer: the rule behind «%(what)s» was changed.")),
    NoticeKind("signal.answered.tried_out", _("Answer: «%(what)s» was tried out.")),
    NoticeKind("signal.answered.kept", _("Answer: «%(what)s» is kept. The reason stands with it.")),
    NoticeKind("signal.answered.transferred", _("Answer: «%(what)s» was passed on to the right body.")),
    NoticeKind("signal.answered.solved_otherwise", _("Answer: «%(what)s» was solved in another way.")),
    NoticeKind("dialogue.ask", _("You are asked for dialogue: «%(what)s»")),
    NoticeKind("dialogue.propose", _("A time is proposed for «%(what)s»: %(time)s")),
    NoticeKind("dialogue.agree", _("The time is agreed for «%(what)s»: %(time)s")),
    NoticeKind("dialogue.hold", _("It is noted what came of «%(what)s»")),
    NoticeKind("dialogue.decline", _("The wish for dialogue was declined, with a reason: «%(what)s»")),
    NoticeKind("dialogue.late", _("The wish for dialogue was not answered in time, and has gone to the next level: «%(what)s»")),
)  # fmt: skip
