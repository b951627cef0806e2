"""The forms of a requirement's page: what a step of its life asks for, and what is known about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor
from tillitsrom.people.rules import units_visible_to
from tillitsrom.web.forms import DateInput

from . import rules
from .actions.requirements import DESCRIBED, Outcome
from .dates import last_day
from .models import ALIVE, Requirement

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")


class MergeField(forms.IntegerField):
    """The number of the requirement to merge into, checked against what the person may see."""

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(min_value=1, **kwargs)
        self.actor = actor

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is None:
            return None
        found = rules.visible_to(self.actor).filter(pk=number, status__in=ALIVE).first()
        if found is None:
            raise forms.ValidationError(
                _(
                    "There is no requirement with this number that holds. You find the number on its page and in its address."
                )
            )
        return found


class StepForm(forms.Form):
    """One step of the lifecycle with the fields that the table says it needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, transition: Transition, requirement: Requirement, actor: Actor
    ) -> None:
        super().__init__(data, prefix=transition.action)
        self.transition = transition
        self.initial["version"] = requirement.version
        made: dict[str, Callable[[], forms.Field]] = {
            "reason": lambda: forms.CharField(
                label=_("Why?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("One or two sentences. Everybody who can see the requirement can read this."),
            ),
            "review_on": lambda: forms.DateField(
                label=_("When is this to be looked at again?"), widget=DateInput, error_messages={"invalid": DATE_EXAMPLE}
            ),
            "text": lambda: forms.CharField(
                label=_("The requirement as it shall read now"), max_length=4000, initial=requirement.text,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("The sentence in the document stays as it was; this is what holds from now on."),
            ),
            "merged_into": lambda: MergeField(
                actor, label=_("Number of the requirement to merge into"),
                help_text=_("Write the number, or a word to choose among requirements of the same bodies."),
                widget=forms.NumberInput(attrs={"list": "merge-choices"}),
            ),
        }  # fmt: skip
        for name in transition.needs:
            self.fields[name] = made[name]()

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."))
        return day

    def outcome(self) -> Outcome:
        return Outcome(**{name: self.cleaned_data[name] for name in self.transition.needs})


class DescribeForm(ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """What is known about a requirement: by what right, for whom, how much time, how open."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Requirement
        fields = DESCRIBED
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "exempt_review_on": DateInput,
            "occasions_per_year": forms.TextInput(attrs={"inputmode": "decimal"}),
        }
        # So that 2,5 is understood as well as 2.5.
        localized_fields = ("occasions_per_year",)
        labels = {
            "unit": _("Unit that meets the requirement"),
            "who_acts": _("Who must act, in the document's words"),
            "deadline": _("Deadline"),
            "purpose": _("Purpose"),
            "frequency": _("How often"),
            "openness": _("Openness"),
            "statutory": _("The requirement is required by law"),
            "legal_basis": _("Legal basis"),
            "recipient": _("Who receives what is reported or delivered"),
            "detail": _("Core or detail"),
            "minutes_low": _("Minutes each time, at least"),
            "minutes_high": _("Minutes each time, at most"),
            "minutes_source": _("How we know the minutes"),
            "occasions_per_year": _("Times a year for each person"),
            "affected_count": _("How many people do this"),
            "exempt_ground": _("Legal basis for the exemption"),
            "exempt_review_on": _("The exemption is to be reviewed on"),
        }
        help_texts = {
            "deadline": _("Write 2026-06-30, or only 2026-06 for a month and 2026 for a year."),
            "legal_basis": _("The law and section, for example."),
            "frequency": _("In words, for example every term."),
            "minutes_source": _("Measured is when somebody took the time. Otherwise it is estimated."),
            "affected_count": _("Always a group, never named persons."),
            "openness": _("Everything is open unless a law says otherwise."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form's instance is a copy that is only read: actions write.
        self.initial["version"] = self.instance.version
        often = self.instance.occasions_per_year
        if often is not None:
            # 12 and not 12,00; 2,5 stays.
            self.initial["occasions_per_year"] = int(often) if often == int(often) else often.normalize()
        for name in ("detail", "minutes_source", "exempt_ground"):
            field: Any = self.fields[name]
            field.choices = [("", _("Not chosen")), *(pair for pair in field.choices if pair[0])]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101  # narrows the type
        unit.queryset = units_visible_to(actor).filter(organisation=self.instance.addressee_id)
        unit.empty_label = str(_("The whole organisation"))

    def clean_deadline(self) -> str:
        deadline: str = self.cleaned_data["deadline"]
        last_day(deadline)
        return deadline

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._minutes_are_a_range(data)
        if data.get("openness") == Openness.EXEMPT:
            for field in ("exempt_ground", "exempt_review_on"):
                if not data.get(field) and field not in self.errors:
                    self.add_error(
                        field, _("An exemption needs a legal basis and a date for review. Fill in this too.")
                    )
        return data

    def _minutes_are_a_range(self, data: dict[str, Any]) -> None:
        low, high = data.get("minutes_low"), data.get("minutes_high")
        if {"minutes_low", "minutes_high"} & set(self.errors) or (low is None and high is None):
            return
        for field, value in (("minutes_low", low), ("minutes_high", high)):
            if value is None:
                self.add_error(field, _("Give both the lowest and the highest number of minutes."))
        if low is not None and high is not None and high < low:
            self.add_error("minutes_high", _("The highest number cannot be lower than the lowest."))
        if not data.get("minutes_source"):
            self.add_error("minutes_source", _("Say how you know the minutes."))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DESCRIBED}
