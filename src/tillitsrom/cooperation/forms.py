"""The forms of cases: raising and changing one, and one form for every step by what the table says that it needs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.models import Openness
from tillitsrom.core.openness import GROUND_CHOICES
from tillitsrom.people.models import Actor, Organisation, Party, Unit
from tillitsrom.rulesets.schema import CaseForm
from tillitsrom.web.forms import DateInput

from . import rules
from .actions.cases import EDITED
from .models import Case, Position
from .queries import living

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")
LONGEST = 6000


def _words(
    label: Any, *, rows: int = 4, help_text: Any = "", required: bool = True, most: int = LONGEST
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text,
        required=required,
    )  # fmt: skip


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, error_messages={"invalid": DATE_EXAMPLE}, **more)


class CaseForm_(forms.Form):  # noqa: N801  # CaseForm is the form that a case has between the parties
    """What a case asks, when it is to be decided, and whether it is open."""

    question = forms.CharField(
        label=_("What is the question? One sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: Shall we stop filling in the five-page form at every shift?"),
    )
    background = _words(
        _("Background"), rows=5, required=False,
        help_text=_("What everybody must know before they answer. Papers can be added afterwards. Do not name private persons."),
    )  # fmt: skip
    work_environment = forms.BooleanField(
        label=_("It is about the working environment"),
        required=False,
        help_text=_("Then the safety delegates are told too."),
    )
    decision_planned_on = _day(
        _("When is the decision planned?"),
        required=False,
        help_text=_("Leave it empty if you do not know yet."),
    )
    openness = forms.ChoiceField(label=_("Openness"), choices=Openness, initial=Openness.OPEN)
    exempt_ground = forms.ChoiceField(
        label=_("Legal basis for the exemption"),
        choices=lambda: [("", "–"), *GROUND_CHOICES()],
        required=False,
    )
    exempt_review_on = _day(_("The exemption is reviewed on"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        exempt = data.get("openness") == Openness.EXEMPT
        for name in ("exempt_ground", "exempt_review_on"):
            if exempt and not data.get(name) and name not in self.errors:
                self.add_error(
                    name, _("An exemption has a legal basis and a day when it is looked at again.")
                )
            elif not exempt:
                data[name] = "" if name == "exempt_ground" else None
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITED}


class EditForm(CaseForm_):
    version = forms.IntegerField(widget=forms.HiddenInput)


class RaiseForm(CaseForm_):
    """Raising a case for a party that the person speaks for."""

    announced = _words(
        _("What does the employer mean to decide?"), rows=3, required=False,
        help_text=_("If it is known. Deciding otherwise later needs a new meeting."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Which workplace does it concern?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The whole organisation"),
    )
    parties = forms.ModelMultipleChoiceField(
        label=_("Who takes part from today?"),
        queryset=Party.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one on each side.")},
    )
    party = forms.ModelChoiceField(
        label=_("For whom do you raise it?"), queryset=Party.objects.none(), empty_label=None
    )

    order = (
        "question", "background", "unit", "party", "parties", "announced", "decision_planned_on",
        "work_environment",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, actor: Actor, organisation: Organisation, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.organisation, self.actor = organisation, actor
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(organisation=organisation)
        every = Party.objects.filter(organisation=organisation).order_by("-side", "name")
        taking: Any = self.fields["parties"]
        taking.queryset = every
        taking.initial = [one.pk for one in every]
        mine = _mine_anywhere(actor, organisation)
        if len(mine) > 1:
            chosen: Any = self.fields["party"]
            chosen.queryset = Party.objects.filter(pk__in=[one.pk for one in mine])
        else:
            del self.fields["party"]
        if not any(one.side == Party.Side.EMPLOYER for one in mine):
            del self.fields["announced"]
        if not mine:
            # A safety delegate raises what concerns the working environment, and nothing else.
            del self.fields["work_environment"]
        self.order_fields(self.order)

    def clean_parties(self) -> Any:
        chosen = self.cleaned_data["parties"]
        if {one.side for one in chosen} != set(Party.Side.values):
            raise forms.ValidationError(_("Choose at least one on each side."))
        return chosen

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = {name: data[name] for name in EDITED if name in data}
        return {**found, "announced": data.get("announced", "")}


def _mine_anywhere(actor: Actor, organisation: Organisation) -> list[Party]:
    """The parties that the person may speak for in the whole organisation or in some unit of it."""
    found = {one.pk: one for one in rules.parties_spoken_for(actor, organisation)}
    for unit in Unit.objects.filter(memberships__user=actor.pk, organisation=organisation).distinct():
        found |= {one.pk: one for one in rules.parties_spoken_for(actor, organisation, unit)}
    return list(found.values())


class StepForm(forms.Form):
    """One step of a case's life with the fields that the table says it needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, transition: Transition, case: Case, actor: Actor) -> None:
        super().__init__(data, prefix=transition.action)
        self.transition = transition
        self.initial["version"] = case.version
        made = self._fields(case, actor)
        for name in transition.needs:
            field = made[name]()
            if field is not None:
                self.fields[name] = field

    def _fields(self, case: Case, actor: Actor) -> dict[str, Callable[[], forms.Field | None]]:
        return {
            "party": lambda: _own_parties(case, actor),
            "stance": lambda: forms.ChoiceField(label=_("Stance"), choices=Position.Stance, widget=forms.RadioSelect),
            "text": lambda: _words(_("In the party's own words"), rows=6),
            "title": lambda: forms.CharField(label=_("Title"), max_length=200),
            "paper": lambda: _words(_("Text"), rows=6, required=False, most=50_000),
            "reference": lambda: forms.CharField(
                label=_("Or where it lies in the archive"), max_length=300, required=False
            ),
            "other_party": lambda: forms.ModelChoiceField(
                label=_("Who?"), queryset=Party.objects.filter(organisation=case.organisation_id), empty_label=None
            ),
            "since": lambda: _day(_("Which day?"), initial=timezone.localdate),
            "how": lambda: forms.CharField(label=_("How?"), max_length=200, required=False),
            "reason": lambda: _words(_("Why? In plain language"), rows=3),
            "announced": lambda: _words(_("What does the employer mean to decide?"), rows=3),
            "new_announced": lambda: _words(
                _("What the employer means to decide now, if it is something else"), rows=3, required=False
            ) if rules.may_announce_anew(actor, case) else None,
            "decision": lambda: _decision(case),
            "agreed": lambda: _words(_("What have the parties agreed?"), rows=4),
            "path_step": lambda: _path_step(case),
        }  # fmt: skip


def _own_parties(case: Case, actor: Actor) -> forms.Field | None:
    """The parties that the actor speaks for; nothing is asked where there is only one."""
    mine = rules.parties_of(actor, case)
    if len(mine) < 2:
        return None
    return forms.ModelChoiceField(
        label=_("For whom?"), queryset=Party.objects.filter(pk__in=[one.pk for one in mine]), empty_label=None
    )


def _decision(case: Case) -> forms.Field:
    field = _words(_("What is decided?"), rows=4)
    if case.announced:
        field.initial = case.announced
        field.help_text = _("This is what was announced. Deciding otherwise may need a new meeting first.")
    return field


def _path_step(case: Case) -> forms.Field:
    path = rules.path_of(case)
    return forms.ChoiceField(
        label=_("Which step?"), choices=[(one.code, str(one.text)) for one in (path.steps if path else ())],
        widget=forms.RadioSelect,
    )  # fmt: skip


class OtherForm(forms.Form):
    """Setting the form by the answers, or another one with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    form = forms.ChoiceField(label=_("The form of the case"), required=False)
    reason = _words(_("Why?"), rows=3, required=False)

    def __init__(self, data: Any = None, *, case: Case, suggested: str) -> None:
        super().__init__(data)
        self.initial["version"] = case.version
        label = CaseForm(suggested).label
        others = [(value, text) for value, text in CaseForm.choices if value != suggested]
        chosen: Any = self.fields["form"]
        chosen.choices = [("", _("%(form)s, as the rules say") % {"form": label}), *others]
        if case.form:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _(
                "The form is set already. The parties will read why it is changed."
            )
        else:
            self.fields["reason"].help_text = _(
                "Only needed when you choose another form than the rules say."
            )


class FilterForm(forms.Form):
    """What the list shows; everything lives in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    virksomhet = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("All")
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Under way")), ("alle", _("All")), *Case.Status.choices],
    )
    form = forms.ChoiceField(
        label=_("Form of the case"), required=False, choices=[("", _("All")), *CaseForm.choices]
    )

    def __init__(self, data: Any, *, organisations: Any) -> None:
        super().__init__(data)
        places: Any = self.fields["virksomhet"]
        places.queryset = organisations

    def narrowed(self, rows: Any, *, closed_only: bool) -> Any:
        """The rows that fit. What cannot be read is left out of account."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("q"):
            rows = rows.filter(question__icontains=data["q"]) | rows.filter(number=data["q"])
        if data.get("virksomhet"):
            rows = rows.filter(organisation=data["virksomhet"])
        if data.get("form"):
            rows = rows.filter(form=data["form"])
        status = data.get("status", "")
        if status and status != "alle":
            return rows.filter(status=status)
        return rows if status == "alle" or closed_only else living(rows)
