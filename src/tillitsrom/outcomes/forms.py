"""The forms of outcomes: a decision with the fields its outcome needs, a request, an answer, and a new duty to report."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.people.models import Actor, Organisation, Unit
from tillitsrom.people.rules import outline
from tillitsrom.register.requirement_forms import MergeField
from tillitsrom.web.forms import DateInput

from . import house
from .actions.duties import FIELDS as DUTY_FIELDS
from .models import MOST_TEXT, NewDuty, Request

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")


def _text(label: Any, help_text: Any = "", rows: int = 4, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, help_text: Any = "", initial: Any = None) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        initial=initial,
        widget=DateInput,
        error_messages={"invalid": DATE_EXAMPLE},
    )


def section_field(basis: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Which section of the law?"),
        max_length=200,
        required=required,
        initial=basis,
        help_text=_("For example «helsepersonelloven § 40»."),
    )


class DecideForm(forms.Form):
    """A decision with the fields that its outcome needs; a request to the owner when it cannot be decided here."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        needs: Iterable[str],
        actor: Actor,
        organisation: Organisation,
        version: int,
        section: tuple[str, bool] | None,
        text: str = "",
    ) -> None:
        super().__init__(data, initial={"version": version})
        today = timezone.localdate()
        made: dict[str, Callable[[], forms.Field]] = {
            "text": lambda: _text(_("What holds from now on?"), _("In plain words, so that everybody knows what to do.")),
            "merged_into": lambda: MergeField(
                actor, label=_("Number of the requirement to merge into"), widget=forms.NumberInput,
                help_text=_("You find the number on the requirement’s page."),
            ),
            "limits": lambda: _text(_("Within which limits may they decide themselves?"), rows=3),
            "heard": lambda: forms.CharField(label=_("Who was heard?"), max_length=300),
            "hypothesis": lambda: _text(_("What do you think will happen?"), rows=3),
            "trial_unit": lambda: forms.ModelChoiceField(
                label=_("Where is it tried?"), queryset=Unit.objects.filter(organisation=organisation), required=False,
                empty_label=_("The whole organisation"),
            ),
            "trial_from": lambda: _day(_("Tried from"), initial=today),
            "trial_to": lambda: _day(_("Tried to and including")),
            "consented": lambda: forms.CharField(
                label=_("Who has agreed to it?"), max_length=300, help_text=_("The parties, and not persons by name."),
            ),
            "reason": lambda: _text(
                _("Why? In plain language"),
                _("Everybody who has reported it will read this. Where the requirement is public, everybody can."), 5,
            ),
            "review_on": lambda: _day(
                _("When is it looked at again?"), initial=house.next_review(today)
            ),
        }  # fmt: skip
        for name in needs:
            self.fields[name] = made[name]()
        if "text" in self.fields and text:
            self.fields["text"].initial = text
        # What the law is thought to be and whether it must be said; None where nobody is asked.
        if section is not None:
            self.fields["section"] = section_field(section[0], required=section[1])
        if "trial_unit" in self.fields:
            choice: Any = self.fields["trial_unit"]
            depths = {unit.pk: depth for unit, depth in outline(organisation)}
            choice.label_from_instance = lambda unit: f"{'– ' * depths.get(unit.pk, 0)}{unit.name}"


class AskForm(forms.Form):
    """A request to the owner of a requirement."""

    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None
    )
    asks = forms.ChoiceField(
        label=_("What do you ask for?"), choices=Request.Asks.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, places: list[int], basis: str, statutory: bool) -> None:
        super().__init__(data, initial={"asks": Request.Asks.DROP})
        choice: Any = self.fields["organisation"]
        choice.queryset = Organisation.objects.filter(pk__in=places)
        choice.initial = places[0] if places else None
        self.fields["why"] = _text(
            _("Why?"),
            _(
                "What it costs you, and what the time could go to. Everybody can read this: write no names of persons."
            ),
            5,
        )
        if statutory:
            self.fields["section"] = section_field(basis, required=True)


class AnswerForm(forms.Form):
    """One of the owner's answers, with the fields that the table says it needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, version: int, text: str = "") -> None:
        super().__init__(data, prefix=transition.action, initial={"version": version})
        self.transition = transition
        made: dict[str, Callable[[], forms.Field]] = {
            "text": lambda: _text(
                _("What holds from now on?"),
                _("The requirement in its simpler form, as it is to be followed."),
            ),
            "reason": lambda: _text(
                _("Why do you need more time?")
                if transition.action == "more_time"
                else _("Why? In plain language"),
                _(
                    "Those who asked, and everybody who has reported it, will read this. So can everybody else."
                ),
                5,
            ),
            "review_on": lambda: _day(
                _("When is it looked at again?"), initial=house.next_review(timezone.localdate())
            ),
        }
        for name in transition.needs:
            self.fields[name] = made[name]()
        if "text" in self.fields:
            self.fields["text"].initial = text


class ReasonForm(forms.Form):
    """A step that asks for words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, version: int) -> None:
        super().__init__(data, prefix=transition.action, initial={"version": version})
        self.transition = transition
        if "ends_on" in transition.needs:
            self.fields["ends_on"] = _day(_("The new end date"))
        self.fields["reason"] = _text(_("Why? In plain language"), rows=3)


class DutyForm(ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """Everything that is known about a reporting duty before it takes effect."""

    organisation = forms.ModelChoiceField(
        label=_("Who collects?"), queryset=Organisation.objects.none(), empty_label=None
    )

    class Meta:
        model = NewDuty
        fields = DUTY_FIELDS
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "overlap_answer": forms.Textarea(attrs={"rows": 3}),
            "takes_effect_on": DateInput,
            "ends_on": DateInput,
            "hours_low": forms.NumberInput(attrs={"step": "any", "min": 0}),
            "hours_high": forms.NumberInput(attrs={"step": "any", "min": 0}),
        }
        labels = {
            "title": _("What is to be reported?"),
            "purpose": _("What is it for?"),
            "recipient": _("Who gets it?"),
            "reporters": _("Who must report?"),
            "reporters_count": _("How many must report?"),
            "hours_low": _("Hours a year for all together, at least"),
            "hours_high": _("Hours a year for all together, at most"),
            "legal_basis": _("Legal basis"),
            "takes_effect_on": _("From which day?"),
            "ends_on": _("When does it end?"),
            "trust_reform": _("It comes from the trust reform itself"),
            "overlap_answer": _("Why can what is collected already not be used?"),
        }
        help_texts = {
            "takes_effect_on": _("A later day than today: a duty is registered before it takes effect."),
            "ends_on": _("It lapses on this day unless it is renewed with a reason."),
            "trust_reform": _("Measuring trust costs time too, and is shown for what it is."),
            "overlap_answer": _("Only needed when something like it is found below."),
        }

    def __init__(self, data: Any = None, *, bodies: Iterable[int]) -> None:
        super().__init__(data)
        choice: Any = self.fields["organisation"]
        choice.queryset = Organisation.objects.filter(pk__in=list(bodies))
        choice.initial = choice.queryset.first()
        self.order_fields(["organisation", *DUTY_FIELDS])
        for name in ("takes_effect_on", "ends_on"):
            self.fields[name].error_messages["invalid"] = DATE_EXAMPLE

    def _post_clean(self) -> None:
        """The action checks the whole; the form only its own fields."""
