"""The forms of the ledger: the shape of what is written. What may be done is decided elsewhere."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tillitsrom.people.models import Organisation, Party
from tillitsrom.signals.models import Signal

from .figures import CHOICES
from .models import MOST_TEXT, Entry


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


def _hours(label: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, localize=True)


class StepForm(forms.Form):
    """A step on the entry's page, with the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, action: str, entry: Entry, parties: Sequence[Party] = ()) -> None:
        super().__init__(data, prefix=action, initial={"version": entry.version, **self.start(entry)})
        self.entry = entry
        if "party" in self.fields:
            self.fields["party"].choices = [(party.pk, party.name) for party in parties]  # type: ignore[attr-defined]  # a choice field
            if len(parties) == 1:
                self.initial["party"] = parties[0].pk
                self.fields["party"].widget = forms.HiddenInput()

    def start(self, entry: Entry) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        return {}


class BeforeForm(StepForm):
    title = forms.CharField(
        label=_("What it is called"),
        help_text=_("Everybody can read this. Name no persons."),
        max_length=300,
    )
    low = _hours(_("Hours a year before, at least"))
    high = _hours(_("Hours a year before, at most"))
    people = forms.IntegerField(label=_("How many people do it"), min_value=1, max_value=10_000_000)
    how = _text(_("How do you know?"), _("For example: counted for two weeks on all shifts."))

    def start(self, entry: Entry) -> dict[str, Any]:
        return {"title": entry.title, "low": entry.before_low, "high": entry.before_high, "people": entry.people,
                "how": entry.before_how}  # fmt: skip


class AfterForm(StepForm):
    low = _hours(_("Hours a year now, at least"))
    high = _hours(_("Hours a year now, at most"))
    how = _text(_("How do you know?"))

    def start(self, entry: Entry) -> dict[str, Any]:
        return {"low": entry.after_low, "high": entry.after_high}


class UseForm(StepForm):
    used_for = forms.ChoiceField(
        label=_("What the time goes to"), choices=Entry.Use, widget=forms.RadioSelect
    )
    use_decision = forms.CharField(
        label=_("The open decision"),
        help_text=_(
            "Only where the time goes to something else: what, who decided it, and where it can be read."
        ),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    budget_neutral = forms.BooleanField(label=_("It needs no new money"), required=False)

    def start(self, entry: Entry) -> dict[str, Any]:
        return {"used_for": entry.used_for, "use_decision": entry.use_decision,
                "budget_neutral": entry.budget_neutral}  # fmt: skip


class OverlapForm(StepForm):
    overlaps = forms.ModelMultipleChoiceField(
        label=_("Entries about the same time"),
        queryset=Entry.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Entry.objects.filter(organisation=self.entry.organisation_id).exclude(pk=self.entry.pk)
        newest = near.exclude(status="withdrawn").values_list("pk", flat=True)[:100]
        chosen = self.entry.overlaps.values_list("pk", flat=True)
        field = self.fields["overlaps"]
        field.queryset = Entry.objects.filter(pk__in={*newest, *chosen})  # type: ignore[attr-defined]  # a model choice field

    def start(self, entry: Entry) -> dict[str, Any]:
        return {"overlaps": list(entry.overlaps.all())}


class PartyForm(StepForm):
    party = forms.ChoiceField(label=_("For which party"))


class DisputeForm(PartyForm):
    words = _text(_("What is wrong, in your party’s own words?"), _("Everybody can read this."))


class WithdrawForm(StepForm):
    reason = _text(_("Why?"), _("Everybody can read this."))


FORMS: dict[str, type[StepForm]] = {
    "state_before": BeforeForm,
    "state_after": AfterForm,
    "settle": AfterForm,
    "ask_again": StepForm,
    "confirm": PartyForm,
    "dispute": DisputeForm,
    "set_use": UseForm,
    "overlap": OverlapForm,
    "withdraw": WithdrawForm,
}


def choice_label(choice: int) -> str:
    """One answer to the question, in words."""
    low, high = CHOICES[choice]
    if high == 0:
        return str(_("None: I do not do it any more"))
    if high <= 60:
        return str(_("%(low)s–%(high)s minutes a week")) % {"low": low, "high": high}
    if choice == len(CHOICES) - 1:
        return str(_("More than %(low)s hours a week")) % {"low": low // 60}
    hours = ngettext("%(low)s–%(high)s hour a week", "%(low)s–%(high)s hours a week", high // 60)
    return hours % {"low": low // 60, "high": high // 60}


class AnswerForm(forms.Form):
    """The one question to the front line."""

    choice = forms.TypedChoiceField(
        label=_("How much time does it take you now, in a normal week?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["choice"].choices = [(n, choice_label(n)) for n in range(len(CHOICES))]  # type: ignore[attr-defined]  # a choice field


def lanes() -> list[tuple[str, Any]]:
    return [("", _("All lanes")), *Signal.Lane.choices]


def places(rows: Sequence[Organisation]) -> list[tuple[Any, Any]]:
    return [("", _("All organisations")), *((one.pk, one.name) for one in rows)]


def years(found: Sequence[int]) -> list[tuple[Any, Any]]:
    return [("", _("All years")), *((year, str(year)) for year in found)]
