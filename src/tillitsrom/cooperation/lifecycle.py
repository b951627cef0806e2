"""The life of a case, as a table that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, deny
from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules
from .models import Case

S = Case.Status

# Where the parties still work with it.
LIVING = (S.RAISED, S.CLASSIFIED, S.CALLED, S.HELD, S.DISAGREED)
# Where the form is set and nothing is settled yet.
FORMED = (S.CLASSIFIED, S.CALLED, S.HELD)
ENDED = (S.CLOSED, S.WITHDRAWN)
OPEN_STATES = tuple(s for s in S.values if s not in ENDED)


def only_by_the_meeting(_actor: object, _obj: object) -> Decision:
    """Steps that follow from a meeting: it is called, held or called off."""
    return deny(_("This follows from the meeting by itself."))


CASE = Lifecycle(
    [
        *(Transition("edit", source, source, rules.may_edit, _("Change the case")) for source in LIVING),
        *(
            Transition("position", source, source, rules.may_take_position, _("Give a position"), ("party", "stance", "text"))
            for source in LIVING
        ),
        *(
            Transition("paper", source, source, rules.may_add_paper, _("Send a paper to the parties"), ("title", "paper", "reference"))
            for source in (*LIVING, S.DECIDED, S.AGREED)
        ),
        *(
            Transition("involve", source, source, rules.may_involve, _("Note who takes part"), ("other_party", "since", "how"))
            for source in LIVING
        ),
        Transition("classify", S.RAISED, S.CLASSIFIED, rules.may_classify, _("Set the form")),
        Transition("classify", S.CLASSIFIED, S.CLASSIFIED, rules.may_classify, _("Change the form"), ("reason",)),
        Transition("classify", S.CALLED, S.CALLED, rules.may_classify, _("Change the form"), ("reason",)),
        # What was held was held in another form: it is treated anew.
        Transition("classify", S.HELD, S.CLASSIFIED, rules.may_classify, _("Change the form"), ("reason",)),
        *(
            Transition("contest", source, source, rules.may_contest, _("Contest the form"), ("party", "reason"))
            for source in FORMED
        ),
        *(
            Transition("confirm", source, source, rules.may_confirm, _("Confirm the form"), ("party",))
            for source in FORMED
        ),
        *(
            Transition("announce", source, source, rules.may_announce, _("Say what the employer means to decide"), ("announced",))
            for source in (S.RAISED, *FORMED)
        ),
        Transition("call", S.CLASSIFIED, S.CALLED, only_by_the_meeting),
        Transition("uncall", S.CALLED, S.CLASSIFIED, only_by_the_meeting),
        Transition("hold", S.CALLED, S.HELD, only_by_the_meeting),
        *(
            Transition("again", source, S.CLASSIFIED, rules.may_discuss_again, _("Take it up again in a new meeting"), ("reason", "new_announced"))
            for source in (S.HELD, S.DISAGREED)
        ),
        *(
            Transition("decide", source, S.DECIDED, rules.may_decide, _("Decide"), ("decision", "reason"))
            for source in (*FORMED, S.DISAGREED)
        ),
        *(
            Transition("agree", source, S.AGREED, rules.may_agree, _("Note that the parties agree"), ("agreed",))
            for source in (S.HELD, S.DISAGREED)
        ),
        Transition("disagree", S.HELD, S.DISAGREED, rules.may_disagree, _("Note that the parties do not agree"), ("party", "reason")),
        Transition("path", S.DISAGREED, S.DISAGREED, rules.may_note_path, _("Note a step on the path for disagreement"), ("path_step", "since")),
        *(
            Transition("close", source, S.CLOSED, rules.may_close, _("Close the case"))
            for source in (S.DECIDED, S.AGREED, S.DISAGREED)
        ),
        *(
            Transition("withdraw", source, S.WITHDRAWN, rules.may_withdraw, _("Withdraw the case"), ("reason",))
            for source in (S.RAISED, *FORMED)
        ),
    ]
)  # fmt: skip
