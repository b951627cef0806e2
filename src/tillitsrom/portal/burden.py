"""What the first forms of the system cost (R20). Other slices declare theirs in a `burden.py` of their own."""

from django.utils.translation import gettext_lazy as _

from tillitsrom.core.burden import Form, declare

declare(
    Form("people.log_in", _("Log in"), _("everyone who logs in"), 1),
    Form(
        "register.upload", _("Upload a document and say what it is"), _("the one who keeps the register"), 3
    ),
    Form("register.review", _("Review a letter of twenty pages"), _("the one who keeps the register"), 30),
    Form("register.cost", _("Say what a requirement costs"), _("the one who keeps the register"), 5),
    Form("register.question", _("Question a requirement"), _("anyone at the workplace"), 2),
    Form("register.answer", _("Answer a questioned requirement"), _("the body that imposes it"), 15),
)
