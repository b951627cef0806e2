"""The classes of requirement as they are shown: a name, a plural, and a letter that stands wherever the colour does."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Shown(NamedTuple):
    """How a class is shown to people."""

    name: "str | Promise"
    plural: "str | Promise"
    letter: "str | Promise"


CLASSES: dict[str, Shown] = {
    "goal": Shown(_("Goal"), _("Goals"), pgettext_lazy("letter for goal", "G")),
    "steering_parameter": Shown(
        _("Steering parameter"), _("Steering parameters"), pgettext_lazy("letter for steering parameter", "S")
    ),
    "key_figure": Shown(_("Key figure"), _("Key figures"), pgettext_lazy("letter for key figure", "K")),
    "reporting": Shown(
        _("Reporting"), _("Reporting requirements"), pgettext_lazy("letter for reporting", "R")
    ),
    "assignment": Shown(_("Assignment"), _("Assignments"), pgettext_lazy("letter for assignment", "As")),
    "guideline": Shown(_("Guideline"), _("Guidelines"), pgettext_lazy("letter for guideline", "Gu")),
    "activity": Shown(_("Activity"), _("Activities"), pgettext_lazy("letter for activity", "Ac")),
    "duty": Shown(_("Duty"), _("Duties"), pgettext_lazy("letter for duty", "D")),
    "prohibition": Shown(_("Prohibition"), _("Prohibitions"), pgettext_lazy("letter for prohibition", "P")),
    "authority": Shown(_("Authority"), _("Authorities"), pgettext_lazy("letter for authority", "Au")),
}
