"""Shapes of what people write on the pages of this slice. What they may do is decided elsewhere."""

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from stdnum.no import orgnr

from . import rules
from .models import ApiToken, Level, Membership, Organisation, Party, Role, Unit, User


class DateInput(forms.DateInput):
    """The browser's own date field, which wants the ISO form."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitField(forms.ModelChoiceField[Unit]):
    """A unit of one organisation, shown as the tree that units form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), required=False, **kwargs)

    def offer(self, outline: list[tuple[Unit, int]]) -> None:
        """Let these be chosen, in this order."""
        self.queryset = Unit.objects.filter(pk__in=[unit.pk for unit, _depth in outline])
        rows = [(unit.pk, "– " * depth + unit.name) for unit, depth in outline]
        self.choices = [("", self.empty_label or ""), *rows]


class LogInForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The e-mail address and the password do not belong together. Check both; "
            "capital and small letters count in the password."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label=_("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )

    def clean_username(self) -> str:
        """One spelling, so that the lock against guessing counts every way of writing an address as one."""
        return str(self.cleaned_data["username"]).lower()


class AskForPasswordForm(PasswordResetForm):
    """Asks for a link by e-mail. Also for those who have never had a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def get_users(self, email: str) -> Any:
        return User.objects.filter(email__iexact=email, is_active=True)

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """The letter is in the language of the one who gets it, whoever asked."""
        context = kwargs["context"] if "context" in kwargs else args[2]
        with translation.override(context["user"].language):
            super().send_mail(*args, **kwargs)


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "language")
        help_texts = {"language": _("The language of the pages after you log in, and of e-mails to you.")}


class TokenForm(forms.ModelForm[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ("name", "scope")
        widgets = {"scope": forms.RadioSelect}


class EraseForm(forms.Form):
    """A deliberate yes."""

    sure = forms.BooleanField(label=_("Yes, I want this. I know that it cannot be undone."))


class OrganisationForm(forms.ModelForm[Organisation]):
    # Longer than nine, so that a number may be written with spaces.
    number = forms.CharField(
        label=_("Organisation number"),
        required=False,
        max_length=20,
        help_text=_("Nine digits, from the Central Coordinating Register for Legal Entities."),
    )

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "number", "level", "superior", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["level"]).choices = [("", _("Choose a level")), *Level.choices]
        superior = cast("forms.ModelChoiceField[Organisation]", self.fields["superior"])
        superior.queryset = Organisation.objects.exclude(pk=self.instance.pk)
        superior.empty_label = _("Nobody in this system")

    def clean_number(self) -> str:
        return str(orgnr.compact(self.cleaned_data["number"]))


def without(pk: int | None, outline: list[tuple[Unit, int]]) -> list[tuple[Unit, int]]:
    """The tree without a unit and all that lies under it: where the unit may be moved."""
    kept: list[tuple[Unit, int]] = []
    cut: int | None = None
    for unit, depth in outline:
        if cut is not None and depth > cut:
            continue
        cut = depth if unit.pk == pk else None
        if cut is None:
            kept.append((unit, depth))
    return kept


class UnitForm(forms.ModelForm[Unit]):
    """A unit's name and place in the tree. The organisation is that of the instance."""

    parent = UnitField(label=_("Part of"), empty_label=_("The organisation itself"))

    class Meta:
        model = Unit
        fields = ("name", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(UnitField, self.fields["parent"]).offer(
            without(self.instance.pk, rules.outline(self.instance.organisation))
        )


class PartyForm(forms.ModelForm[Party]):
    class Meta:
        model = Party
        fields = ("name", "side")
        widgets = {"side": forms.RadioSelect}


class PersonForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "email", "language")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody already has this e-mail address."))
        return email


class MembershipForm(forms.ModelForm[Membership]):
    """A role in the organisation that the instance names, with its units and parties to choose from."""

    unit = UnitField(label=_("Unit"), empty_label=_("The whole organisation"))

    class Meta:
        model = Membership
        fields = ("role", "unit", "party", "valid_from", "valid_to")
        widgets = {"valid_from": DateInput, "valid_to": DateInput}
        help_texts = {"valid_to": _("Leave this empty when the role has no end.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("Choose a role")), *Role.choices]
        organisation = self.instance.organisation
        cast(UnitField, self.fields["unit"]).offer(rules.outline(organisation))
        party = cast("forms.ModelChoiceField[Party]", self.fields["party"])
        party.queryset = Party.objects.filter(organisation=organisation)
        party.empty_label = _("None")

    def clean(self) -> dict[str, Any]:
        """What the database would refuse, said next to the field."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("valid_from"), data.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The last day cannot be before the first day."))
        if data.get("role") == Role.UNION_REPRESENTATIVE and not data.get("party"):
            self.add_error("party", _("Choose which union the representative speaks for."))
        return data
