"""The three lifecycles of the register, as tables that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import Candidate, Document, Requirement

D, C, R = Document.Status, Candidate.Status, Requirement.Status


def only_the_system(_actor: object, _obj: object) -> Decision:
    """Steps that the background job makes by itself; no person can ask for them."""
    return deny(_("The system does this by itself."))


DOCUMENT = Lifecycle(
    [
        Transition("start_reading", D.RECEIVED, D.READING, only_the_system),
        Transition("finish_reading", D.READING, D.IN_REVIEW, only_the_system),
        Transition("fail", D.READING, D.FAILED, only_the_system),
        Transition("retry", D.FAILED, D.RECEIVED, rules.may_register, _("Try again")),
        Transition("publish", D.IN_REVIEW, D.PUBLISHED, rules.may_publish, _("Publish the document")),
        Transition("reopen", D.PUBLISHED, D.IN_REVIEW, rules.may_register, _("Reopen the review")),
        Transition("withdraw", D.RECEIVED, D.WITHDRAWN, rules.may_register, _("Withdraw the document")),
        Transition("withdraw", D.FAILED, D.WITHDRAWN, rules.may_register, _("Withdraw the document")),
        Transition("withdraw", D.IN_REVIEW, D.WITHDRAWN, rules.may_register, _("Withdraw the document")),
    ]
)

CANDIDATE = Lifecycle(
    [
        Transition("accept", C.PENDING, C.ACCEPTED, rules.may_review, _("Accept")),
        Transition("reject", C.PENDING, C.REJECTED, rules.may_review, _("Reject")),
        Transition("edit", C.PENDING, C.PENDING, rules.may_review, _("Edit")),
        Transition("split", C.PENDING, C.REPLACED, rules.may_review, _("Split")),
        Transition("merge", C.PENDING, C.REPLACED, rules.may_review, _("Merge with the next")),
        Transition("undo", C.ACCEPTED, C.PENDING, rules.may_review, _("Undo")),
        Transition("undo", C.REJECTED, C.PENDING, rules.may_review, _("Undo")),
    ]
)

_QUESTION = _("Question the requirement")
_REVIEW = _("Take up for review")

REQUIREMENT = Lifecycle(
    [
        *(
            Transition("question", source, R.QUESTIONED, rules.may_question, _QUESTION, ("reason",))
            for source in (R.IN_FORCE, R.KEPT, R.SIMPLIFIED, R.DELEGATED)
        ),
        *(
            Transition("start_review", source, R.UNDER_REVIEW, rules.may_decide, _REVIEW)
            for source in (R.IN_FORCE, R.QUESTIONED, R.KEPT, R.SIMPLIFIED, R.DELEGATED, R.ON_TRIAL)
        ),
        Transition(
            "keep", R.UNDER_REVIEW, R.KEPT, rules.may_decide, _("Keep with a reason"), ("reason", "review_on")
        ),
        Transition(
            "simplify", R.UNDER_REVIEW, R.SIMPLIFIED, rules.may_decide, _("Simplify"), ("reason", "text")
        ),
        Transition(
            "merge",
            R.UNDER_REVIEW,
            R.MERGED,
            rules.may_decide,
            _("Merge into another"),
            ("reason", "merged_into"),
        ),
        Transition("delegate", R.UNDER_REVIEW, R.DELEGATED, rules.may_decide, _("Delegate"), ("reason",)),
        Transition(
            "try_out",
            R.UNDER_REVIEW,
            R.ON_TRIAL,
            rules.may_decide,
            _("Try without it"),
            ("reason", "review_on"),
        ),
        Transition("remove", R.UNDER_REVIEW, R.REMOVED, rules.may_remove, _("Remove"), ("reason",)),
        *(
            Transition(action, source, target, only_the_system)
            for action, target in (("supersede", R.SUPERSEDED), ("lapse", R.LAPSED))
            for source in (
                R.IN_FORCE,
                R.QUESTIONED,
                R.UNDER_REVIEW,
                R.KEPT,
                R.SIMPLIFIED,
                R.DELEGATED,
                R.ON_TRIAL,
            )
        ),
        # A letter that is reviewed again may hold what was thought gone, or lose what was thought there.
        Transition("supersede", R.LAPSED, R.SUPERSEDED, only_the_system),
        Transition("restore", R.LAPSED, R.IN_FORCE, only_the_system),
        Transition("restore", R.SUPERSEDED, R.IN_FORCE, only_the_system),
    ]
)
