"""The forms of signals: the three questions, what is folded below them, and what each step asks for."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.people.models import Actor, Membership, Organisation, Role, Unit, User
from tillitsrom.people.rules import outline, standing
from tillitsrom.register.models import Requirement
from tillitsrom.register.rules import visible_to as requirements_visible_to

from . import rules
from .actions import Report
from .models import MOST_ASIDE, MOST_TEXT, Outcome, Signal

OPENLY, IN_CONFIDENCE = "open", "confidential"
# What one time takes, as spans that a person can choose with one tap.
SPANS: tuple[tuple[int, int, Any], ...] = (
    (1, 5, _("up to 5 minutes")),
    (5, 15, _("5 to 15 minutes")),
    (15, 30, _("15 to 30 minutes")),
    (30, 60, _("half an hour to an hour")),
    (60, 120, _("1 to 2 hours")),
    (120, 240, _("2 to 4 hours")),
    (240, 480, _("half a day to a whole day")),
    (480, 2400, _("more than a day")),
)
MOST_TIMES = 500


class ReportForm(forms.Form):
    """What takes time, how often and how long, and what the time would go to. The rest may be left alone."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=120)
    what = forms.CharField(
        label=_("What takes time?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your own words. Do not write names of persons."),
    )
    occasions = forms.IntegerField(
        label=_("How often?"),
        min_value=1,
        max_value=MOST_TIMES,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    period = forms.ChoiceField(label=_("times"), choices=Signal.Period, initial=Signal.Period.WEEK)
    span = forms.TypedChoiceField(
        label=_("How long each time?"),
        coerce=int,
        choices=[("", _("Choose …")), *((number, span[2]) for number, span in enumerate(SPANS))],
    )
    rather = forms.CharField(
        label=_("What would you rather use the time for?"), max_length=MOST_ASIDE, required=False
    )
    unit = forms.ModelChoiceField(label=_("Workplace"), queryset=Unit.objects.none(), required=False)
    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        choices=[("", _("Do not know")), *Signal.Kind.choices],
        required=False,
    )
    causes = forms.MultipleChoiceField(
        label=_("Why does it take time?"),
        choices=Signal.Cause,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    displaces_core = forms.BooleanField(label=_("It takes time from what we are here for"), required=False)
    proposal = forms.CharField(
        label=_("What would be better?"),
        max_length=MOST_ASIDE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    requirement_words = forms.CharField(
        label=_("Which requirement does it come from?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Write a word from it, if you know that somebody requires this."),
    )
    requirement = forms.IntegerField(required=False, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("How do you want to send it?"),
        choices=[
            (OPENLY, _("Openly, with my name to those who handle it")),
            (IN_CONFIDENCE, _("Confidentially, without my name")),
        ],
        widget=forms.RadioSelect,
        initial=OPENLY,
    )

    def __init__(self, data: Any = None, *, actor: Actor, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.actor, self.organisation = actor, organisation
        units = outline(organisation)
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        unit.queryset = organisation.units.all()
        unit.choices = [
            ("", _("The whole organisation")),
            *((one.pk, f"{'– ' * depth}{one.name}") for one, depth in units),
        ]
        if not rules.may_send(actor, organisation.pk):
            self.fields["way"].choices = self.fields["way"].choices[1:]  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["way"].initial = IN_CONFIDENCE

    @property
    def has_details(self) -> bool:
        """Whether something below the fold was filled in, or is wrong, so that the fold stands open."""
        if not self.is_bound:
            return bool(self.initial.get("requirement"))
        folded = ("kind", "causes", "displaces_core", "proposal", "requirement", "requirement_words")
        return any(self[name].value() or self[name].errors for name in folded)

    def clean_requirement(self) -> Requirement | None:
        number = self.cleaned_data["requirement"]
        if number is None:
            return None
        return requirements_visible_to(self.actor).filter(pk=number).defer("quote").first()

    @property
    def confidential(self) -> bool:
        return bool(self.cleaned_data["way"] == IN_CONFIDENCE)

    def report(self) -> Report:
        known = self.cleaned_data
        low, high, _label = SPANS[known["span"]]
        same = (
            "what",
            "occasions",
            "period",
            "rather",
            "unit",
            "requirement",
            "kind",
            "causes",
            "proposal",
            "displaces_core",
        )
        return Report(
            organisation=self.organisation,
            minutes_low=low,
            minutes_high=high,
            **{name: known[name] for name in same},
        )


class PlaceForm(forms.Form):
    """Where the one who reports works, for those who are not logged in or who work in several places."""

    organisation = forms.ModelChoiceField(
        label=_("Where do you work?"), queryset=Organisation.objects.all(), empty_label=_("Choose …")
    )


class CodeForm(forms.Form):
    """The code of a confidential signal. Always sent in the body, never in an address that a log would keep."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("The twenty letters that you got when you sent the signal. Dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SayForm(forms.Form):
    text = forms.CharField(
        label=_("Write a message"), max_length=2 * MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )


def handlers(organisation_id: int) -> list[tuple[str, str]]:
    """Those in the organisation whom a signal can be given to."""
    roles = (Role.MANAGER, Role.COORDINATOR, Role.REQUIREMENT_OWNER)
    rows = Membership.objects.filter(organisation=organisation_id, role__in=roles, user__is_active=True)
    found = {
        row.user_id: f"{row.user.name} ({row.unit.name if row.unit else row.get_role_display()})"
        for row in rows.valid_on(timezone.localdate()).select_related("user", "unit").order_by("-pk")
    }
    return sorted(((f"p{pk}", name) for pk, name in found.items()), key=lambda pair: pair[1])


def bodies(organisation_id: int) -> list[tuple[str, str]]:
    """Other bodies in the system where somebody leads and can own a signal."""
    led = Membership.objects.filter(role=Role.MANAGER, user__is_active=True).valid_on(timezone.localdate())
    rows = Organisation.objects.filter(pk__in=led.values("organisation")).exclude(pk=organisation_id)
    return [(f"o{pk}", name) for pk, name in rows.order_by("name").values_list("pk", "name")]


class OwnerField(forms.ChoiceField):
    """A person here, or the body in the system whose nearest manager becomes the owner."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if not chosen:
            return None
        number = int(chosen[1:])
        if chosen[0] == "p":
            return User.objects.filter(pk=number, is_active=True).first()
        return rules.handler_for(number, None)


class StepForm(forms.Form):
    """One step of a signal's life with the fields that the table says it needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, signal: Signal) -> None:
        super().__init__(data, prefix=transition.action)
        self.transition = transition
        self.initial["version"] = signal.version
        rows = forms.Textarea(attrs={"rows": 3})
        made: dict[str, Callable[[], forms.Field]] = {
            "lane": lambda: forms.ChoiceField(
                label=_("Which lane?"), choices=Signal.Lane, widget=forms.RadioSelect, initial=signal.lane or None,
                help_text=_("The lane decides when an answer is promised, counted from the day the signal came."),
            ),
            "note": lambda: forms.CharField(
                label=_("A few words about it"), max_length=1000, widget=rows,
                help_text=_("Everybody who can see the signal can read this."),
            ),
            "owner": lambda: OwnerField(
                label=_("To whom?"),
                choices=[
                    ("", _("Choose …")),
                    (_("At the workplace"), handlers(signal.organisation_id)),
                    (_("Another body"), bodies(signal.organisation_id)),
                ],
            ),
            "outcome": lambda: forms.ChoiceField(
                label=_("What was the outcome?"), choices=[("", _("Choose …")), *Outcome.choices]
            ),
            "reason": lambda: forms.CharField(
                label=_("Why? In plain language"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("The one who sent it, and everybody who said «me too», will read this."),
            ),
            "transferred_to": lambda: forms.CharField(
                label=_("Which body outside?"), max_length=200,
                help_text=_("A letter to it is made for you to print or send."),
            ),
        }  # fmt: skip
        for name in transition.needs:
            self.fields[name] = made[name]()


def own_unit(person: Actor, organisation: Organisation) -> int | None:
    """The unit that the person belongs to in the organisation, where there is one."""
    units = [unit for o, unit, _role in standing(person).held if o == organisation.pk and unit is not None]
    return min(units) if units else None
