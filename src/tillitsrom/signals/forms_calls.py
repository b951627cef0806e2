"""The forms of calls for input: asking, writing a problem statement, and each step with the fields that its table says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.lifecycles import Transition
from tillitsrom.people.models import Organisation, Party, Unit, User
from tillitsrom.web.forms import DateInput

from . import rules_calls as rules
from .actions.calls import Asking
from .actions.statements import HowOften, Words
from .forms import MOST_TIMES, SPANS
from .models import Signal
from .models_calls import (
    FEWEST,
    MOST,
    MOST_PROBLEM,
    MOST_REMEDY,
    MOST_STATEMENTS,
    MOST_WHO,
    MOST_WHY,
    InputCall,
    Statement,
    name_of,
)
from .rules_calls import Voice

# Time enough to talk with colleagues before answering.
DAYS_TO_ANSWER = 21
CHOOSE = ("", _("Choose …"))


def code_of(voice: Voice) -> str:
    """A voice as the value of a choice."""
    return f"{voice.organisation}-{voice.unit or 0}-{voice.party or 0}"


def voice_of(code: str) -> Voice:
    organisation, unit, party = (int(part) for part in code.split("-"))
    return Voice(organisation, unit or None, party or None)


def _names(voices: list[Voice]) -> list[tuple[str, str]]:
    """Choices with the names of the parties."""
    bodies = Organisation.objects.in_bulk([one.organisation for one in voices])
    units = Unit.objects.in_bulk([one.unit for one in voices if one.unit])
    parties = Party.objects.in_bulk([one.party for one in voices if one.party])
    return [
        (
            code_of(one),
            name_of(
                bodies[one.organisation],
                units[one.unit] if one.unit else None,
                parties[one.party] if one.party else None,
            ),
        )
        for one in voices
    ]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=DateInput,
        error_messages={"invalid": _("This is not a date. Write it as 2026-06-30.")},
    )  # fmt: skip


class AskForm(forms.Form):
    """Whom one asks, about what, how many statements are wanted and by when."""

    by = forms.ChoiceField(label=_("On whose behalf do you ask?"))
    of = forms.ChoiceField(
        label=_("Whom do you ask?"), help_text=_("A union, or those who lead a body or a part of it.")
    )
    question = forms.CharField(
        label=_("What do you ask about, in one sentence?"),
        max_length=200,
        help_text=_("For example «Which problems take most time from the teaching?»"),
    )
    why = forms.CharField(
        label=_("Why do you ask, and what will you use the answers for?"),
        max_length=MOST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    fewest = forms.IntegerField(
        label=_("How many problem statements, at least?"),
        min_value=1,
        max_value=MOST_STATEMENTS,
        initial=FEWEST,
        help_text=_("Five or six are usually enough to see what matters most."),
    )
    most = forms.IntegerField(label=_("And at most?"), min_value=1, max_value=MOST_STATEMENTS, initial=MOST)
    due_on = _day(_("By which day?"), _("If no answer has come by then, the next level is told."))

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data)
        mine = sorted(rules.voices(person), key=code_of)
        by: Any = self.fields["by"]
        by.choices = _names(mine)
        self.initial["by"] = by.choices[0][0] if by.choices else ""
        self.initial["due_on"] = timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
        if len(mine) == 1:
            by.widget = forms.HiddenInput()
        bodies = rules.addressees({one.organisation for one in mine})
        of: Any = self.fields["of"]
        others = [
            (body.name, _names([one for one in there if not all(one.is_same_as(own) for own in mine)]))
            for body, there in bodies
        ]
        of.choices = [CHOOSE, *(group for group in others if group[1])]

    def asking(self) -> Asking:
        known = self.cleaned_data
        return Asking(
            by=voice_of(known["by"]), of=voice_of(known["of"]), question=known["question"], why=known["why"],
            due_on=known["due_on"], fewest=known["fewest"], most=known["most"],
        )  # fmt: skip


class StatementForm(forms.Form):
    """One problem statement: three short answers."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    problem = forms.CharField(
        label=_("What is the problem?"),
        max_length=MOST_PROBLEM,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain language. Do not write names of persons."),
    )
    who = forms.CharField(
        label=_("Who meets it?"),
        max_length=MOST_WHO,
        help_text=_("A group or a kind of work, such as «contact teachers in the first years»."),
    )
    remedy = forms.CharField(
        label=_("What would help?"),
        max_length=MOST_REMEDY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, statement: Statement | None = None) -> None:
        names = ("problem", "who", "remedy", "version")
        super().__init__(
            data, initial={name: getattr(statement, name) for name in names} if statement else None
        )

    def words(self) -> Words:
        known = self.cleaned_data
        return Words(known["problem"], known["who"], known["remedy"])


def _text(label: Any, help_text: Any = "", most: int = MOST_WHY) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea(attrs={"rows": 4})
    )


def with_version(form: forms.Form, row: InputCall | Statement | None) -> Any:
    """What was typed, with the version that stands now: whoever has read it again may send it again."""
    data: dict[str, Any] = {**form.data}
    if row is not None:
        data[form.add_prefix("version")] = str(row.version)
    return data


class _StepForm(forms.Form):
    """A step of a call or of a statement, with the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    transition: Transition
    obj: InputCall | Statement

    def renewed(self) -> "_StepForm | None":
        """The same form after somebody else's change; None where the thing is gone."""
        now: Any = type(self.obj).objects.filter(pk=self.obj.pk).first()
        if now is None:
            return None
        if isinstance(now, Statement) and isinstance(self.obj, Statement):
            now.call = self.obj.call
        made: Any = type(self)
        form: _StepForm = made(with_version(self, now), transition=self.transition, obj=now)
        return form


class CallStepForm(_StepForm):
    """One step of a call. The prefix is the step, so that several stand on one page."""

    def __init__(self, data: Any = None, *, transition: Transition, obj: InputCall) -> None:
        super().__init__(data, prefix=transition.action, initial={"version": obj.version})
        self.transition, self.obj = transition, obj
        ending = {
            "close": _("What did it lead to, in a few words?"),
            "withdraw": _("Why do you withdraw it? In plain language"),
            "lapse": _("What happens now that no answer came?"),
        }
        made: dict[str, Callable[[], forms.Field]] = {
            "few_reason": lambda: _text(_("Why are there fewer?")),
            "ending": lambda: _text(ending[transition.action], _("The other party will read this.")),
            "due_on": lambda: _day(_("What is the new day?")),
        }
        for name in transition.needs:
            self.fields[name] = made[name]()


class StatementStepForm(_StepForm):
    """One step of a statement; the prefix tells both which step and which statement."""

    def __init__(self, data: Any = None, *, transition: Transition, obj: Statement) -> None:
        super().__init__(data, prefix=f"{transition.action}-{obj.pk}", initial={"version": obj.version})
        self.transition, self.obj = transition, obj
        made: dict[str, Callable[[], forms.Field]] = {
            "occasions": lambda: forms.IntegerField(
                label=_("How often?"), min_value=1, max_value=MOST_TIMES, initial=1,
                help_text=_("As far as you know; whoever handles the signal can ask."),
            ),
            "period": lambda: forms.ChoiceField(label=_("In which period?"), choices=Signal.Period, initial=Signal.Period.WEEK),
            "span": lambda: forms.TypedChoiceField(
                label=_("How long each time?"), coerce=int,
                choices=[CHOOSE, *((number, span[2]) for number, span in enumerate(SPANS))],
            ),
            "case_number": lambda: forms.CharField(
                label=_("Which number does the case have?"), max_length=20, help_text=_("For example 2026/12.")
            ),
            "answer": lambda: _text(
                _("What do you answer? In plain language"), _("Say what is done, or why nothing is. The other party will read this."), 4000
            ),
        }  # fmt: skip
        for name in transition.needs:
            if name in made:
                self.fields[name] = made[name]()
        if transition.action == "take_up":
            place = obj.call.asked_organisation
            self.fields["unit"] = forms.ModelChoiceField(
                label=_("Workplace"), queryset=place.units.all(), required=False, initial=obj.call.asked_unit_id,
                empty_label=_("The whole organisation"),
            )  # fmt: skip


def how_often(known: dict[str, Any]) -> HowOften:
    """What the form of `take_up` says."""
    low, high, _label = SPANS[known["span"]]
    return HowOften(known["occasions"], known["period"], low, high, known["unit"])
