"""The tool counts its own burden (R20): what each of its forms costs the one who fills it in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Reason


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the system and the minutes it takes, estimated by those who made it until somebody has measured."""

    name: "Reason"
    who: "Reason"
    minutes: int


FORMS = (
    Form(_("Log in"), _("everyone who logs in"), 1),
    Form(_("Upload a document and say what it is"), _("the one who keeps the register"), 3),
    Form(_("Review a letter of twenty pages"), _("the one who keeps the register"), 30),
    Form(_("Say what a requirement costs"), _("the one who keeps the register"), 5),
    Form(_("Question a requirement"), _("anyone at the workplace"), 2),
    Form(_("Answer a questioned requirement"), _("the body that imposes it"), 15),
)
