"""Requests for dialogue: one's own, asking for one, and each step."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.core.decisions import Conflict, WrongState, deny, require
from tillitsrom.core.http import person_of
from tillitsrom.people.models import Membership, Organisation, Role, Unit, User
from tillitsrom.people.rules import standing
from tillitsrom.signals import rules_dialogue as rules
from tillitsrom.signals.actions import dialogue as actions
from tillitsrom.signals.lifecycle_dialogue import DIALOGUE
from tillitsrom.signals.models_dialogue import MOST_TEXT, DialogueRequest
from tillitsrom.signals.rules import places_to_report_from

LABELS = {
    "time": gettext_lazy("When and where?"),
    "outcome": gettext_lazy("What came of it, in one line?"),
    "reason": gettext_lazy("Why not? In plain language"),
}


class AskForm(forms.Form):
    """What for, and which times suit; for managers also whom to invite."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Workplace"), queryset=Organisation.objects.none(), empty_label=None
    )
    purpose = forms.CharField(
        label=gettext_lazy("What do you want to talk about?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    preferred_times = forms.CharField(
        label=gettext_lazy("Which times suit you?"),
        max_length=300,
        help_text=gettext_lazy("For example «Tuesday or Thursday after 14»."),
    )

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data)
        held = standing(person)
        choice: Any = self.fields["organisation"]
        choice.queryset = Organisation.objects.filter(pk__in=places_to_report_from(person)).order_by("name")
        choice.initial = choice.queryset.first()
        leads = held.organisations_as([Role.MANAGER])
        if leads:
            members = Membership.objects.all().valid_on(timezone.localdate())
            self.fields["invited"] = forms.ModelChoiceField(
                label=gettext_lazy("Whom do you invite?"), queryset=rules.invitable(leads, members), required=False,
                empty_label=gettext_lazy("I invite myself to those above me"),
            )  # fmt: skip


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    rows = rules.visible_to(person_of(request)).select_related("asked_by", "owner", "organisation")
    return render(request, "signals/dialogues.html", {"rows": rows.order_by("-asked_on", "-pk")[:100]})


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not places_to_report_from(person):
        require(deny(_("Only those who work there may ask for dialogue.")))
    form = AskForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invited, body = data.get("invited"), data["organisation"]
        direction = (
            DialogueRequest.Direction.FROM_MANAGEMENT if invited else DialogueRequest.Direction.TO_MANAGEMENT
        )
        units = [unit for o, unit, _role in standing(person).held if o == body.pk and unit is not None]
        unit = Unit.objects.filter(pk__in=units).first()
        asking = actions.Asking(body, unit, direction, data["purpose"], data["preferred_times"], invited)
        try:
            made = actions.ask(actor=person, asking=asking)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your wish is sent, and has a promised day."))
            return HttpResponseRedirect(reverse("signals:dialogue", args=[made.pk]))
    return render(
        request, "signals/dialogue_ask.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


def _page(
    request: HttpRequest, pk: int, *, status: int = 200, notice: str = "", action: str = "", typed: str = ""
) -> HttpResponse:
    """The wish with its steps. What was typed for a step that was not done stands in its field, or beside it where the step is gone."""
    person = person_of(request)
    rows = rules.visible_to(person).select_related("asked_by", "owner", "organisation")
    row = get_object_or_404(rows, pk=pk)
    steps = [
        {"transition": one.transition, "field": one.transition.needs[0] if one.transition.needs else "",
         "label": LABELS.get(one.transition.needs[0], "") if one.transition.needs else "",
         "typed": typed if one.transition.action == action else ""}
        for one in DIALOGUE.options(person, row) if one.decision
    ]  # fmt: skip
    lost = "" if any(step["typed"] for step in steps) else typed
    known = {"dialogue": row, "steps": steps, "notice": notice, "lost": lost, "today": timezone.localdate()}
    return render(request, "signals/dialogue.html", known, status=status)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    person = person_of(request)
    row = get_object_or_404(rules.visible_to(person), pk=pk)
    version = request.POST.get("version", "")
    if action not in DIALOGUE.actions or not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Http404
    typed = request.POST.get("text", "")
    try:
        actions.advance(actor=person, dialogue=row, version=int(version), action=action, text=typed)
    except (Conflict, WrongState) as stopped:
        return _page(request, pk, status=409, notice=str(stopped), action=action, typed=typed)
    except ValidationError as error:
        return _page(request, pk, status=422, notice=" ".join(error.messages), action=action, typed=typed)
    return HttpResponseRedirect(reverse("signals:dialogue", args=[pk]))
