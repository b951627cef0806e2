"""What happens to a signal, as sentences. A reason that the sender gave is the sender's own and goes with them."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("signal.sent", _("The signal was sent."), ()),
    EventKind("signal.opened", _("The confidential signals of the week were opened."), ()),
    EventKind("signal.assess", _("The signal was assessed; an answer is promised by %(date)s."), ()),
    EventKind("signal.start", _("Somebody started working on it."), ()),
    EventKind("signal.take_back", _("It was taken back: %(note)s"), ()),
    EventKind("signal.with_owner", _("It was sent to the owner of the requirement: %(note)s"), ()),
    EventKind("signal.in_case", _("It was raised as a case: %(note)s"), ()),
    EventKind("signal.on_trial", _("It is being tried out: %(note)s"), ()),
    EventKind("signal.pass_on", _("It was given to a new owner: %(note)s"), ()),
    EventKind("signal.new_owner", _("It got a new owner, because the one before has left."), ()),
    EventKind("signal.answer", _("It was answered."), ()),
    EventKind("signal.transfer", _("It was passed on to %(to)s."), ()),
    EventKind("signal.reopen", _("The sender opened it again: %(reason)s"), ("reason",)),
    EventKind("signal.escalate", _("The promised date passed, and it went to the next level."), ()),
    EventKind("signal.joined", _("It was put together with others that share: %(words)s."), ()),
    EventKind("signal.left", _("It was taken out of the group again."), ()),
    EventKind("dialogue.ask", _("Dialogue was asked for."), ()),
    EventKind("dialogue.propose", _("A time was proposed."), ()),
    EventKind("dialogue.agree", _("The time was agreed."), ()),
    EventKind("dialogue.hold", _("It was noted what came of the dialogue."), ()),
    EventKind("dialogue.decline", _("The wish for dialogue was declined with a reason."), ()),
    EventKind(
        "dialogue.late", _("Nobody answered the wish for dialogue in time; it went to the next level."), ()
    ),
    EventKind("call.ask", _("Another party was asked for input."), ()),
    EventKind("call.answer", _("The answer was given."), ()),
    EventKind("call.answer_fewer", _("An answer was given with fewer statements than were asked for."), ()),
    EventKind("call.move", _("More time was given."), ()),
    EventKind("call.withdraw", _("The call for input was withdrawn with a reason."), ()),
    EventKind("call.lapse", _("It was noted that no answer came."), ()),
    EventKind("call.close", _("Every statement was answered, and the call was closed."), ()),
    EventKind("call.late", _("The day passed without an answer, and both parties were told."), ()),
    EventKind("call.new_owner", _("Another person was given the call to see to."), ()),
    EventKind("statement.write", _("The statement was written as a draft."), ()),
    EventKind("statement.change", _("The draft was changed."), ()),
    EventKind("statement.remove", _("The draft was removed."), ()),
    EventKind("statement.take_up", _("A signal was made of the statement."), ()),
    EventKind("statement.in_case", _("The statement lies in a case between the parties."), ()),
    EventKind("statement.answer", _("The statement was answered."), ()),
    EventKind(
        "statement.signal_answered",
        _("The signal was answered, and with it the statement that it was made of."),
        (),
    ),
)
