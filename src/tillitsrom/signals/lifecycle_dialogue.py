"""The life of a request for dialogue, as a table that code, buttons, tests and documentation read."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Lifecycle, Transition

from . import rules_dialogue as rules
from .models_dialogue import DialogueRequest

S = DialogueRequest.Status

DIALOGUE = Lifecycle(
    [
        *(Transition("propose", s, S.PROPOSED, rules.may_answer, _("Propose a time"), ("time",)) for s in (S.ASKED, S.PROPOSED)),
        Transition("agree", S.PROPOSED, S.AGREED, rules.may_agree, _("The time suits")),
        Transition("hold", S.AGREED, S.HELD, rules.may_note, _("Note what came of it"), ("outcome",)),
        *(Transition("decline", s, S.DECLINED, rules.may_answer, _("Say no, with a reason"), ("reason",)) for s in (S.ASKED, S.PROPOSED)),
    ]
)  # fmt: skip
