"""The forms of control measures: registering one, and each step with the fields that the table says it needs."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, Unit
from tillitsrom.people.rules import outline
from tillitsrom.web.forms import DateInput

from . import house
from .models import FIELDS, MOST_TEXT, ControlMeasure, Evaluation

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")


def _day(label: Any, help_text: Any = "", initial: Any = None, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, initial=initial, required=required, widget=DateInput,
        error_messages={"invalid": DATE_EXAMPLE},
    )  # fmt: skip


class StepForm(forms.Form):
    """One step, with its fields. The prefix is the step, so that several stand on one page."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, measure: ControlMeasure) -> None:
        super().__init__(data, prefix=transition.action, initial={"version": measure.version})
        self.transition = transition
        today = timezone.localdate()
        results = [
            pair for pair in Evaluation.Result.choices
            if not (pair[0] == Evaluation.Result.END and measure.legally_required)
        ]  # fmt: skip
        needs_day = transition.action != "say"
        made: dict[str, Callable[[], forms.Field]] = {
            "on": lambda: _day(_("On which day?"), initial=today),
            "how": lambda: forms.CharField(
                label=_("How were they told, and what?"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("The purpose, what it means in practice, and how long it is meant to last."),
            ),
            "starts_on": lambda: _day(_("From which day is it in use?"), initial=measure.starts_on or today),
            "next_evaluation": lambda: _day(
                _("When do the parties look at it again?"), _("The law says regularly. The workplace sets the day."),
                measure.next_evaluation if (measure.next_evaluation or today) > today else house.next_evaluation(today),
                required=needs_day,
            ),
            "result": lambda: forms.ChoiceField(
                label=_("What does your side think?"), choices=results, widget=forms.RadioSelect
            ),
            "reason": lambda: forms.CharField(
                label=_("Why? In plain language"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }  # fmt: skip
        for name in transition.needs:
            self.fields[name] = made[name]()


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """All that is known about a measure. What it still lacks is said on its page."""

    organisation = forms.ModelChoiceField(
        label=_("Workplace"), queryset=Organisation.objects.none(), empty_label=None
    )
    unit = forms.ModelChoiceField(
        label=_("Where?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The whole organisation"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ControlMeasure
        fields = FIELDS
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "basis": forms.Textarea(attrs={"rows": 3}),
            "data_collected": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput,
            "assumed_end": DateInput,
            "next_evaluation": DateInput,
            "exempt_review_on": DateInput,
        }
        labels = {
            "title": _("What is the measure called?"),
            "purpose": _("What is it for?"),
            "basis": _("What does it rest on?"),
            "legally_required": _("It is required by law"),
            "imposed_by": _("Which level imposes it?"),
            "group_covered": _("Which group does it cover?"),
            "data_collected": _("What is collected?"),
            "retention": _("How long is it kept?"),
            "minutes_a_week": _("Minutes a week, for all together"),
            "in_use": _("It is in use already"),
            "starts_on": _("From which day?"),
            "assumed_end": _("How long is it meant to last?"),
            "next_evaluation": _("When do the parties look at it again?"),
        }
        help_texts = {
            "basis": _("A section of the law, or the professional reason for it."),
            "group_covered": _("A group or a kind of work, and never a person."),
            "data_collected": _("One thing on each line. What measures single persons is refused."),
            "minutes_a_week": _("What it takes of working time. Leave it empty when nobody knows."),
            "in_use": _(
                "Then it counts in the sum, and stands as not justified until the parties have discussed it."
            ),
            "assumed_end": _("May be empty only for what the law requires."),
            "next_evaluation": _("The law says regularly. The workplace sets the day."),
        }

    def __init__(
        self, data: Any = None, *, places: Iterable[int], measure: ControlMeasure | None = None
    ) -> None:
        initial = {"version": measure.version, "unit": measure.unit_id} if measure else {}
        super().__init__(data, instance=measure, initial=initial)
        bodies = Organisation.objects.filter(pk__in=list(places)).order_by("name")
        choice: Any = self.fields["organisation"]
        choice.queryset, choice.initial = bodies, bodies.first()
        if measure is not None:
            del self.fields["organisation"]
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(organisation__in=bodies)
        depths = {unit.pk: depth for body in bodies for unit, depth in outline(body)}
        units.label_from_instance = lambda unit: f"{'– ' * depths.get(unit.pk, 0)}{unit.name}"
        self.fields["imposed_by"].required = True
        for name in ("exempt_ground", "exempt_review_on"):
            self.fields[name].required = False
        for name in ("starts_on", "assumed_end", "next_evaluation", "exempt_review_on"):
            self.fields[name].error_messages["invalid"] = DATE_EXAMPLE
        self.order_fields(["organisation", "unit", *FIELDS])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("openness") == Openness.EXEMPT:
            for name in ("exempt_ground", "exempt_review_on"):
                if not data.get(name):
                    self.add_error(name, _("An exemption has a legal basis and a day of review."))
        else:
            data["exempt_ground"], data["exempt_review_on"] = "", None
        return data

    def _post_clean(self) -> None:
        """The action checks the whole; the form only its own fields."""
