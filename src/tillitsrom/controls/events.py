"""What happens to control measures, as sentences. None of their data is about a person."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.events import EventKind, register

register(
    EventKind("control.registered", _("The control measure was registered."), ()),
    EventKind("control.edited", _("These fields were changed: %(fields)s."), ()),
    EventKind("control.discuss", _("It was noted that the parties discussed it on %(date)s."), ()),
    EventKind("control.inform", _("Those affected were informed on %(date)s: %(how)s"), ()),
    EventKind(
        "control.inform_again", _("Those affected were informed of the change on %(date)s: %(how)s"), ()
    ),
    EventKind("control.activate", _("It is in use from %(date)s."), ()),
    EventKind("control.fall_due", _("It fell due for evaluation."), ()),
    EventKind("control.say", _("One side said what it thinks: %(reason)s"), ()),
    EventKind("control.keep", _("It was kept: %(reason)s"), ()),
    EventKind("control.change", _("It is to be changed: %(reason)s"), ()),
    EventKind("control.end", _("It was ended: %(reason)s"), ()),
    EventKind("control.drop", _("It was dropped: %(reason)s"), ()),
)
