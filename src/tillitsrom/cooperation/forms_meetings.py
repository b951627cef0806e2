"""The forms of bodies, meetings, attendance, minutes and informal talks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Organisation, Party, Unit, User
from tillitsrom.rulesets.schema import CaseForm
from tillitsrom.web.forms import DateInput

from .actions.bodies import SeatDraft
from .actions.meetings import Person
from .models import AgendaItem, Body, Case, Meeting, Minutes, Seat

DATE_EXAMPLE = _("This is not a date. Write it as 2026-06-30.")
MOST_PRESENT = 60


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, error_messages={"invalid": DATE_EXAMPLE}, **more)


def _choice(field: Any, rows: Any) -> None:
    field.queryset = rows


class BodyForm(forms.Form):
    """What a body is, where it works, and which line it is in."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("What is it called?"), max_length=150)
    kind = forms.ChoiceField(label=_("What kind of body is it?"), choices=Body.Kind.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where does it work?"),
        required=False,
        empty_label=_("In the whole organisation"),
    )
    line = forms.ChoiceField(
        label=_("Which line is it in?"),
        choices=Body.Line.choices,
        widget=forms.RadioSelect,
        initial=Body.Line.DECISION,
    )
    mandate = forms.CharField(
        label=_("What is it to do?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    employees = forms.IntegerField(
        label=_("How many work here?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Needed only for a working environment committee: the law counts the employees."),
    )
    demanded = forms.BooleanField(label=_("A party has demanded the body"), required=False)
    valid_from = _day(_("Since when?"))
    valid_to = _day(_("To and including"), required=False)

    def __init__(self, data: Any = None, *, organisation: Organisation, body: Body | None = None) -> None:
        names = ("name", "kind", "unit", "line", "mandate", "employees", "demanded", "valid_from", "valid_to")
        held = {name: getattr(body, name) for name in (*names, "version")} if body else {}
        super().__init__(data, initial={"valid_from": timezone.localdate(), **held})
        _choice(self.fields["unit"], Unit.objects.filter(organisation=organisation))

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SeatForm(forms.Form):
    """A place in a body. Without a person it is empty, and shown so."""

    side = forms.ChoiceField(label=_("Which side is the seat for?"), choices=Seat.Side.choices)
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("Which party?"), required=False, empty_label=_("No party")
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who sits there?"),
        required=False,
        empty_label=_("Nobody yet: empty seat"),
    )
    title = forms.CharField(label=_("As what?"), max_length=100, required=False)
    deputy = forms.BooleanField(label=_("As a deputy"), required=False)
    leads = forms.BooleanField(label=_("Leads the meetings"), required=False)
    valid_from = _day(_("From"))
    valid_to = _day(_("To and including"), required=False)

    def __init__(self, data: Any = None, *, body: Body, seat: Seat | None = None) -> None:
        names = ("side", "party", "person", "title", "deputy", "leads", "valid_from", "valid_to")
        held = {name: getattr(seat, name) for name in names} if seat else {}
        super().__init__(data, initial={"valid_from": timezone.localdate(), **held})
        _choice(self.fields["party"], Party.objects.filter(organisation=body.organisation_id))
        here = Q(memberships__organisation=body.organisation_id, is_active=True)
        mine = Q(pk=seat.person_id) if seat and seat.person_id else Q(pk__in=())
        _choice(self.fields["person"], User.objects.filter(here | mine).distinct().order_by("name"))

    def draft(self) -> SeatDraft:
        return SeatDraft(**self.cleaned_data)


class MeetingForm(forms.Form):
    """When and where, in which body, about what."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("In which body?"), required=False, empty_label=_("No fixed body")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Which workplace does it concern?"),
        required=False,
        empty_label=_("The whole organisation, or as the body"),
    )
    form = forms.ChoiceField(
        label=_("What form does it have?"), choices=CaseForm.choices, initial=CaseForm.DISCUSSION
    )
    on = _day(_("Which day?"))
    starts_at = forms.TimeField(
        label=_("What time?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is not a time. Write it as 12:30.")},
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    about = forms.CharField(
        label=_("About what?"),
        max_length=200,
        required=False,
        help_text=_("A few words, for what is no case on the agenda."),
    )

    def __init__(
        self, data: Any = None, *, organisation: Organisation, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        _choice(self.fields["body"], Body.objects.filter(organisation=organisation))
        _choice(self.fields["unit"], Unit.objects.filter(organisation=organisation))

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "agenda")}


class AgendaForm(forms.Form):
    """Which cases the meeting is to treat."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    agenda = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("Which cases are on the agenda?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cases whose form is set and that no other meeting is to treat."),
    )

    def __init__(
        self, data: Any = None, *, cases: Any, meeting: Meeting | None = None, chosen: Any = ()
    ) -> None:
        held = [one.case_id for one in meeting.agenda.all()] if meeting else list(chosen)
        initial = {"version": meeting.version if meeting else None, "agenda": held}
        super().__init__(data, initial=initial)
        taken = AgendaItem.objects.filter(live=True)
        if meeting:
            taken = taken.exclude(meeting=meeting)
        free = cases.filter(status=Case.Status.CLASSIFIED).exclude(pk__in=taken.values("case"))
        _choice(self.fields["agenda"], free.order_by("raised_on", "pk"))


class MeetingStepForm(forms.Form):
    """A step of a meeting, with what it asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    late_reason = forms.CharField(
        label=_("Why is the call late?"),
        max_length=300,
        help_text=_("The last day to call has been. The parties can read the reason."),
    )
    on = _day(_("Which day instead?"))
    starts_at = forms.TimeField(
        label=_("What time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, data: Any = None, *, action: str, needs: Iterable[str], meeting: Meeting) -> None:
        initial = {name: getattr(meeting, name) for name in ("version", "on", "starts_at", "place")}
        super().__init__(data, prefix=action, initial=initial)
        keep = {"version", *needs}
        if action == "move":
            keep |= {"starts_at", "place"}
        if action == "call" and timezone.localdate() <= meeting.call_by:
            keep.discard("late_reason")
        for name in set(self.fields) - keep:
            del self.fields[name]


class PersonForm(forms.Form):
    """One who was at the meeting. A line without a name is nobody."""

    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    side = forms.ChoiceField(label=_("Side"), choices=Seat.Side.choices)
    party = forms.ModelChoiceField(Party.objects.none(), label=_("Party"), required=False, empty_label="–")
    present = forms.BooleanField(label=_("Came"), required=False, initial=True)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(
            self.fields["party"], Party.objects.filter(organisation=organisation).order_by("side", "name")
        )
        self.empty_permitted = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        party = data.get("party")
        if (
            data.get("name")
            and party
            and data.get("side") in Party.Side.values
            and party.side != data["side"]
        ):
            self.add_error("party", gettext("The party is on the other side."))
        return data

    def person(self) -> Person | None:
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return Person(data["side"], data["name"], data.get("party"), bool(data.get("present")))


PeopleSet = forms.formset_factory(PersonForm, extra=3, max_num=MOST_PRESENT, absolute_max=MOST_PRESENT)


class TextForm(forms.Form):
    """A text of the minutes, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 10}), required=False, max_length=30_000)

    def __init__(
        self, data: Any = None, *, label: Any, prefix: str, text: str = "", version: int = 0
    ) -> None:
        super().__init__(data, prefix=prefix, initial={"text": text, "version": version})
        self.fields["text"].label = label


class AnswerForm(forms.Form):
    """A party's answer to minutes that were sent: which text, for which party, and words where something must be changed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    party = forms.ModelChoiceField(Party.objects.none(), label=_("For which party?"), empty_label=None)
    objection = forms.CharField(
        label=_("What must be changed?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(
        self, data: Any = None, *, action: str, minutes: Minutes, parties: list[Party], digest: str
    ) -> None:
        super().__init__(data, prefix=action, initial={"digest": digest})
        keys = [one.pk for one in parties]
        _choice(self.fields["party"], Party.objects.filter(pk__in=keys).order_by("side", "name"))
        if parties:
            self.fields["party"].initial = parties[0].pk
        if len(parties) == 1:
            self.fields["party"].widget = forms.HiddenInput()
        if action == "approve":
            del self.fields["objection"]


class ContactForm(forms.Form):
    """An informal talk in one line."""

    on = _day(_("Which day?"), initial=timezone.localdate)
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(), label=_("Between whom?"), widget=forms.CheckboxSelectMultiple
    )
    about = forms.CharField(label=_("About what? One line"), max_length=300)
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Which case?"), required=False, empty_label=_("No case")
    )

    def __init__(
        self, data: Any = None, *, organisation: Organisation, cases: Any, case: Case | None = None
    ) -> None:
        super().__init__(data, initial={"case": case, "on": timezone.localdate()})
        _choice(
            self.fields["parties"], Party.objects.filter(organisation=organisation).order_by("side", "name")
        )
        _choice(self.fields["case"], cases.filter(organisation=organisation))
