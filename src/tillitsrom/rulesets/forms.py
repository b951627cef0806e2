"""The forms of agreements: the area, the whole local agreement with its levels and annual wheel, and a step with a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, Party, Unit
from tillitsrom.people.rules import outline
from tillitsrom.web.forms import DateInput

from . import load
from .actions import FIELDS, Draft, Level, Point
from .models import AREA_CHOICES, AgreementLevel, LocalAgreement
from .queries import area_of
from .schema import CaseForm

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")
SPARE_POINTS = 4
MOST_POINTS = 60


class AreaForm(forms.Form):
    """Which agreement area the organisation is in, and since when."""

    code = forms.ChoiceField(label=_("Agreement area"), choices=AREA_CHOICES, widget=forms.RadioSelect)
    since = forms.DateField(
        label=_("Since when?"), widget=DateInput, error_messages={"invalid": DATE_EXAMPLE}
    )


class PointForm(forms.Form):
    """One point of the annual wheel. An empty line is no point."""

    month = forms.TypedChoiceField(
        label=_("Month"), coerce=int, choices=lambda: [("", "–"), *MONTHS.items()], required=False
    )
    form = forms.ChoiceField(
        label=_("Form of cooperation"), choices=lambda: [("", "–"), *CaseForm.choices], required=False
    )
    what = forms.CharField(label=_("What is on the table?"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("what"):
            for name in ("month", "form"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Choose one for the line you have written."))
        elif data.get("month") or data.get("form"):
            self.add_error("what", gettext("Write what is on the table, or empty the line."))
        return data

    def point(self) -> Point | None:
        data = self.cleaned_data
        return Point(data["month"], data["form"], data["what"]) if data.get("what") else None


PointSet = forms.formset_factory(PointForm, extra=SPARE_POINTS, max_num=MOST_POINTS, absolute_max=MOST_POINTS)


class AgreementForm(ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """Everything that a local agreement says but for the annual wheel, which has a form of its own below."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    parties = forms.ModelMultipleChoiceField(
        queryset=Party.objects.none(),
        label=_("Who are the parties?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The employer and every union that is a party. Each of them must sign."),
        error_messages={"required": _("Choose the employer and at least one union.")},
    )

    class Meta:
        model = LocalAgreement
        fields = FIELDS
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "valid_from": DateInput,
            "valid_to": DateInput,
            "exempt_review_on": DateInput,
        }
        labels = {
            "title": _("Title"),
            "text": _("What is agreed, in your own words"),
            "rule_set": _("Agreement area"),
            "valid_from": _("Holds from"),
            "valid_to": _("Holds to and including"),
            "notice_days": _("How many days before a meeting must it be called?"),
            "document_days": _("How many days before a meeting must the documents be sent?"),
            "minutes_days": _("Within how many days after a meeting must the minutes be ready?"),
            "evaluation_months": _("How many months between each time you look at how the agreement works?"),
            "openness": _("Openness"),
            "exempt_ground": _("Legal basis for the exemption"),
            "exempt_review_on": _("The exemption is reviewed on"),
        }
        help_texts = {
            "valid_to": _(
                "Leave it empty if no day is agreed. In the state it ends with the basic agreement at the latest."
            ),
        }

    def __init__(self, data: Any = None, *, organisation: Organisation, instance: LocalAgreement) -> None:
        super().__init__(data, instance=instance)
        self.fields["version"].initial = instance.version
        self.organisation = organisation
        every = Party.objects.filter(organisation=organisation).order_by("side", "name")
        chosen: Any = self.fields["parties"]
        chosen.queryset = every
        chosen.initial = [one.party_id for one in instance.parties.all()] if instance.pk else list(every)
        for name in ("valid_from", "valid_to", "exempt_review_on"):
            self.fields[name].error_messages["invalid"] = DATE_EXAMPLE
        if not instance.pk:
            days = load.defaults()
            self.initial.update(
                rule_set=area_of(organisation, timezone.localdate()).rule_set.code,
                valid_from=timezone.localdate(),
                notice_days=days.notice_days, document_days=days.document_days,
                minutes_days=days.minutes_days, evaluation_months=days.evaluation_months,
            )  # fmt: skip
        self._add_levels(instance)

    def _add_levels(self, instance: LocalAgreement) -> None:
        """One question for each unit: is it a level of its own?"""
        held = {one.unit_id: one.kind for one in instance.levels.all()} if instance.pk else {}
        kinds = [
            (one.value, one.label) for one in AgreementLevel.Kind if one != AgreementLevel.Kind.ENTERPRISE
        ]
        self.units: dict[str, Unit] = {}
        for unit, depth in outline(self.organisation):
            name = f"level_{unit.pk}"
            self.units[name] = unit
            self.fields[name] = forms.ChoiceField(
                label=f"{'– ' * depth}{unit.name}",
                choices=[("", _("Not a level of its own")), *kinds],
                required=False,
                initial=held.get(unit.pk, ""),
            )

    @property
    def level_fields(self) -> list[Any]:
        return [self[name] for name in self.units]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("openness") != Openness.EXEMPT:
            data["exempt_ground"], data["exempt_review_on"] = "", None
            return data
        if not data.get("exempt_ground"):
            self.add_error(
                "exempt_ground", gettext("Choose the section of the law that the exemption rests on.")
            )
        day = data.get("exempt_review_on")
        if (day is None or day < timezone.localdate()) and "exempt_review_on" not in self.errors:
            self.add_error("exempt_review_on", gettext("Choose a day that has not been yet."))
        return data

    def _post_clean(self) -> None:
        """The action checks the whole; the form only its own fields, so that nothing half-made is judged twice."""

    def draft(self, points: Iterable[Point]) -> Draft:
        data = self.cleaned_data
        levels = [Level(AgreementLevel.Kind.ENTERPRISE, None)]
        levels += [Level(data[name], unit) for name, unit in self.units.items() if data.get(name)]
        return Draft(
            values={name: data[name] for name in FIELDS},
            parties=tuple(data["parties"]),
            levels=tuple(levels),
            wheel=tuple(points),
        )


class ReasonForm(forms.Form):
    """A step that asks for words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, action: str, version: int) -> None:
        super().__init__(data, prefix=action, initial={"version": version})
        label = _("What did you find?") if action == "evaluate" else _("Why?")
        self.fields["reason"].label = label


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put the errors of an action beside the fields they are about; the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)
