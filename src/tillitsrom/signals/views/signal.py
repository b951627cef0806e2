"""One signal: what it says, its life as a line, the talk, and what can be done with it now and why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.models import Actor, User
from tillitsrom.register.views.requirement import add_errors
from tillitsrom.signals import actions, letters, queries, rules, sentences
from tillitsrom.signals.forms import SayForm, StepForm
from tillitsrom.signals.lifecycle import SIGNAL, only_by_the_clock
from tillitsrom.signals.models import OPEN_STATES, MeToo, Signal
from tillitsrom.signals.shown import tone_of

from .steps import Closed, Step, gather

UNPROCESSABLE = 422
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the signal's life: its day, its sentence and who."""

    on: date
    sentence: str
    who: str


def _visible(request: HttpRequest, pk: int) -> Signal:
    rows = rules.visible_to(actor_of(request)).select_related(
        "organisation", "unit", "owner", "sender", "requirement__imposing_body"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    signal: Signal,
    *,
    bound: StepForm | None = None,
    say_form: SayForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    person = person_of(request)
    steps, closed = _steps(person, signal, bound)
    handles = bool(rules.may_handle(person, signal))
    is_sender = rules.is_sender(person, signal)
    group = (
        list(Signal.objects.filter(group=signal.group_id).exclude(pk=signal.pk).order_by("pk")[:50])
        if signal.group_id
        else []
    )
    context = {
        "signal": signal,
        "tone": tone_of(signal.status),
        "late": signal.promised_on < timezone.localdate() and signal.status in OPEN_STATES,
        "answered": signal.status == Signal.Status.ANSWERED,
        "unit_shown": rules.unit_may_be_shown(signal),
        "sender": signal.sender if rules.may_see_sender(person, signal) else None,
        "is_sender": is_sender,
        "handles": handles,
        "me_too": rules.may_say_me_too(person, signal),
        "said_me_too": MeToo.objects.filter(signal=signal, person=person).exists(),
        "life": _life(person, signal),
        "may_talk": rules.may_talk(person, signal),
        "talk": rules.messages_visible_to(person, signal),
        "say_form": say_form or SayForm(),
        "steps": steps,
        "closed": closed,
        "group": group,
        "alike": _alike(person, signal, group) if handles or is_sender else [],
        "may_part": handles or is_sender,
        "sentences": sentences.for_reader() if any(s.transition.action == "answer" for s in steps) else [],
        "notice": notice,
    }
    return render(request, "signals/detail.html", context, status=status)


def _life(actor: Actor, signal: Signal) -> list[Happening]:
    """The events as sentences. The sender's name is only for those who handle the signal."""
    named = rules.may_see_sender(actor, signal)
    found = []
    for event in events.history(signal):
        hidden = event.kind in ("signal.sent", "signal.reopen") or event.actor_id == signal.sender_id
        who = _("the sender") if hidden and event.actor and not named else events.who(event, actor)
        found.append(Happening(timezone.localdate(event.at), events.sentence(event), who))
    return found


def _alike(person: User, signal: Signal, group: list[Signal]) -> list[queries.Alike]:
    """Others that say the same and could be put together with this one, as far as the reader may read them."""
    if signal.status not in OPEN_STATES:
        return []
    rows = rules.visible_to(person) if rules.may_handle(person, signal) else rules.alike_visible_to(person)
    rows = rows.filter(status__in=OPEN_STATES).exclude(pk__in=[one.pk for one in group])
    return queries.alike(
        rows,
        signal.what,
        organisation_id=signal.organisation_id,
        requirement_id=signal.requirement_id,
        besides=signal.pk,
    )


def _steps(actor: Actor, signal: Signal, bound: StepForm | None) -> tuple[list[Step], list[Closed]]:
    """What can be done, each with a form, and what cannot, gathered by reason."""
    return gather(
        SIGNAL,
        actor,
        signal,
        lambda step: StepForm(transition=step, signal=signal),
        bound=bound,
        besides=[only_by_the_clock],
    )


def _perform(person: User, signal: Signal, action: str, known: dict[str, Any]) -> None:
    """Call the action that the step is."""
    given: dict[str, Any] = {"actor": person, "signal": signal, "version": known["version"]}
    special: dict[str, Callable[[], object]] = {
        "answer": lambda: actions.answer(**given, outcome=known["outcome"], reason=known["reason"]),
        "transfer": lambda: actions.transfer(**given, to=known["transferred_to"], reason=known["reason"]),
        "pass_on": lambda: actions.pass_on(**given, owner=known["owner"], note=known["note"]),
        "reopen": lambda: actions.reopen(**given, reason=known["reason"]),
    }
    plain = special.get(action)
    if plain is not None:
        plain()
        return
    actions.advance(**given, action=action, lane=known.get("lane", ""), note=known.get("note", ""))


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take one step. What was typed is kept when it cannot be done."""
    signal = _visible(request, pk)
    person = person_of(request)
    transition = next(
        (t for t in SIGNAL.transitions if t.action == action and t.source == signal.status), None
    )
    if transition is None:
        if action not in SIGNAL.actions:
            raise Http404
        transition = SIGNAL.find(source=signal.status, action=action)
    require(transition.rule(person, signal))
    form = StepForm(request.POST, transition=transition, signal=signal)
    if not form.is_valid():
        return _page(request, signal, bound=form, status=UNPROCESSABLE)
    try:
        _perform(person, signal, action, form.cleaned_data)
    except (Conflict, WrongState) as stopped:
        return _after_somebody_else(request, pk, form, str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": transition.label})
    # Whoever gave it away may no longer see it.
    seen = rules.visible_to(person).filter(pk=pk).exists()
    return HttpResponseRedirect(reverse("signals:detail", args=[pk]) if seen else reverse("signals:desk"))


def _after_somebody_else(request: HttpRequest, pk: int, form: StepForm, why: str) -> HttpResponse:
    """409: the page as it stands now, with what was typed still in its form where the step is still there."""
    fresh = _visible(request, pk)
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(fresh.version)
    bound = StepForm(data, transition=form.transition, signal=fresh)
    return _page(request, fresh, bound=bound, status=409, notice=why)


@require_POST
def me_too(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it concerns me too, or take it back. Open to colleagues who have only seen its text."""
    person = person_of(request)
    rows = rules.alike_visible_to(person) | rules.visible_to(person)
    signal = get_object_or_404(rows, pk=pk)
    if "undo" in request.POST:
        actions.not_me_too(actor=person, signal=signal)
        messages.success(request, _("You are no longer counted."))
        return HttpResponseRedirect(reverse("signals:mine"))
    actions.me_too(actor=person, signal=signal)
    if request.headers.get("HX-Request"):
        return render(request, "signals/_me_too_done.html", {"signal": signal})
    messages.success(request, _("You are counted, without your name. The answer will reach you too."))
    return HttpResponseRedirect(reverse("signals:detail", args=[pk]))


@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in the talk."""
    signal = _visible(request, pk)
    form = SayForm(request.POST)
    require(rules.may_talk(person_of(request), signal))
    if not form.is_valid():
        return _page(request, signal, say_form=form, status=UNPROCESSABLE)
    actions.say(actor=person_of(request), signal=signal, text=form.cleaned_data["text"])
    messages.success(request, _("The message is sent."))
    return HttpResponseRedirect(reverse("signals:detail", args=[pk]) + "#talk")


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the signal together with one that says the same."""
    signal, person = _visible(request, pk), person_of(request)
    other = request.POST.get("other", "")
    rows = rules.alike_visible_to(person) | rules.visible_to(person)
    chosen = get_object_or_404(rows, pk=int(other) if other.isdecimal() and len(other) < 19 else 0)
    actions.join(actor=person, signal=signal, version=_version(request), other=chosen)
    messages.success(request, _("They are put together, and will be answered together."))
    return HttpResponseRedirect(reverse("signals:detail", args=[pk]))


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signal out of its group again."""
    signal = _visible(request, pk)
    actions.leave(actor=person_of(request), signal=signal, version=_version(request))
    messages.success(request, _("It stands alone again."))
    return HttpResponseRedirect(reverse("signals:detail", args=[pk]))


def _letter(request: HttpRequest, pk: int) -> tuple[Signal, letters.Letter]:
    signal = _visible(request, pk)
    require(rules.may_handle(person_of(request), signal))
    if not signal.transferred_to:
        raise Http404
    return signal, letters.to_body_outside(signal)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the body outside that the signal was passed on to, for printing."""
    signal, text = _letter(request, pk)
    return render(request, "signals/letter.html", {"signal": signal, "letter": text})


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same letter as a Word file."""
    signal, text = _letter(request, pk)
    response = HttpResponse(letters.docx(text), content_type=DOCX)
    name = slugify(f"brev {signal.transferred_to}")[:60] or "brev"
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
