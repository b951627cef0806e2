"""What happens in the register, as sentences. None of their data is about a person."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("document.received", _("The document was uploaded."), ()),
    EventKind("document.start_reading", _("Reading began."), ()),
    EventKind("document.finish_reading", _("The document was read: %(found)s candidates found."), ()),
    EventKind("document.fail", _("The document could not be read: %(reason)s"), ()),
    EventKind("document.retry", _("The document was put in the queue again."), ()),
    EventKind("document.publish", _("The document was published with %(count)s requirements."), ()),
    EventKind("document.reopen", _("The review was reopened."), ()),
    EventKind("document.withdraw", _("The document was withdrawn."), ()),
    EventKind("document.describe", _("The facts about the document were changed."), ()),
    EventKind("candidate.add", _("A requirement that the reader had missed was added."), ()),
    EventKind("candidate.accept", _("The candidate was accepted."), ()),
    EventKind(
        "candidate.accept_all",
        _("%(count)s candidates with confidence from %(confidence)s were accepted."),
        (),
    ),
    EventKind("candidate.reject", _("The candidate was rejected."), ()),
    EventKind("candidate.edit", _("The candidate was changed."), ()),
    EventKind("candidate.split", _("The candidate was split in %(count)s."), ()),
    EventKind("candidate.merge", _("Two candidates were merged."), ()),
    EventKind("candidate.undo", _("The answer was taken back."), ()),
    EventKind("requirement.accepted", _("The requirement was registered from the document."), ()),
    EventKind("requirement.describe", _("The facts about the requirement were changed: %(fields)s."), ()),
    EventKind("requirement.question", _("The requirement was questioned: %(reason)s"), ("reason",)),
    EventKind("requirement.start_review", _("The requirement was taken up for review."), ()),
    EventKind("requirement.keep", _("The requirement is kept: %(reason)s"), ()),
    EventKind("requirement.simplify", _("The requirement was simplified: %(reason)s"), ()),
    EventKind("requirement.merge", _("The requirement was merged into another: %(reason)s"), ()),
    EventKind("requirement.delegate", _("The requirement was delegated: %(reason)s"), ()),
    EventKind("requirement.try_out", _("A trial without the requirement began: %(reason)s"), ()),
    EventKind("requirement.remove", _("The requirement was removed: %(reason)s"), ()),
    EventKind("requirement.supersede", _("The requirement was superseded by the one in %(year)s."), ()),
    EventKind(
        "requirement.lapse", _("The requirement lapsed: it does not stand in the letter for %(year)s."), ()
    ),
    EventKind("requirement.restore", _("The requirement is in force again."), ()),
    EventKind("requirement.document_withdrawn", _("The requirement lapsed: its document was withdrawn."), ()),
)
