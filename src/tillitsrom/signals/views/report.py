"""«Meld en tidstyv»: one page, and the receipt. Open and confidential sending look the same from outside."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from tillitsrom.core import rates
from tillitsrom.core.http import actor_of, client_address, person_of
from tillitsrom.people.models import Organisation
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.register import search
from tillitsrom.register.models import ALIVE, Requirement
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.signals import codes, queries, rules
from tillitsrom.signals.actions import send_confidentially, send_open
from tillitsrom.signals.forms import PlaceForm, ReportForm, own_unit
from tillitsrom.web.context import current_organisation

UNPROCESSABLE = 422
# Receipts and answers by code are filled up to this, so that their size tells nothing.
SIZE = 48 * 1024
SMALL_SIZE = 8 * 1024
# A whole town hall may share one address; one person reports less.
PER_HOUR, PER_HOUR_LOGGED_IN = 600, 120
MOST_CHOICES = 6


def padded(response: HttpResponse, size: int = SIZE) -> HttpResponse:
    """Fill a page up to a whole number of `size` bytes with a comment, and let no one keep a copy of it."""
    missing = -(len(response.content) + len(b"<!---->")) % size
    response.content += b"<!--" + b" " * missing + b"-->"
    add_never_cache_headers(response)
    return response


def is_too_many(request: HttpRequest, what: str, limit: int, seconds: int) -> bool:
    """Whether the machine has asked too often. Its address stands in the memory of this process, hashed, and nowhere else."""
    address = hashlib.sha256(client_address(request).encode()).hexdigest()
    return rates.take(f"{what}:{address}", limit=limit, seconds=seconds) > 0


def _sends_too_often(request: HttpRequest) -> bool:
    """Counts persons where they are known and machines where not, in memory only, and open and confidential alike."""
    person = actor_of(request)
    if person.pk is None:
        return is_too_many(request, "meld", PER_HOUR, 3600)
    return rates.take(f"meld:person:{person.pk}", limit=PER_HOUR_LOGGED_IN, seconds=3600) > 0


def _organisation(request: HttpRequest) -> Organisation | None:
    """The place that was chosen, else the one that the person acts for."""
    chosen = request.POST.get("organisation") or request.GET.get("organisation") or ""
    if chosen.isdecimal() and len(chosen) < 19:
        return organisations_visible_to(actor_of(request)).filter(pk=int(chosen)).first()
    found = current_organisation(request)
    return found if isinstance(found, Organisation) else None


@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; sending answers with the receipt itself, so that no address and no session has to remember it."""
    organisation = _organisation(request)
    if organisation is None:
        return render(request, "signals/place.html", {"form": PlaceForm()})
    actor = actor_of(request)
    if request.method != "POST":
        initial = {
            "key": codes.new_key(),
            "unit": own_unit(actor, organisation),
            "requirement": request.GET.get("krav") or None,
        }
        return _page(request, ReportForm(initial=initial, actor=actor, organisation=organisation))
    form = ReportForm(request.POST, actor=actor, organisation=organisation)
    if "find" in request.POST:
        return _page(request, form, looking=True)
    if _sends_too_often(request):
        return render(request, "signals/too_many.html", status=429)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    try:
        if form.confidential:
            sent = send_confidentially(report=form.report(), key=form.cleaned_data["key"])
        else:
            sent = send_open(actor=person_of(request), report=form.report(), key=form.cleaned_data["key"])
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _page(request, form, status=UNPROCESSABLE)
    signal = sent.signal
    found = queries.alike_at_work(
        actor,
        signal.what,
        organisation_id=organisation.pk,
        requirement_id=signal.requirement_id,
        besides=signal.pk,
    )
    context = {
        "signal": signal,
        "code": sent.code,
        "alike": found,
        "people": sum(one.people for one in found),
    }
    return padded(render(request, "signals/receipt.html", context))


def _page(
    request: HttpRequest, form: ReportForm, *, status: int = 200, looking: bool = False
) -> HttpResponse:
    chosen = _chosen(request, form)
    words = str(form["requirement_words"].value() or "")
    choices = _choices(request, form.organisation, words, str(form["what"].value() or "")) if looking else []
    context = {
        "form": form,
        "organisation": form.organisation,
        "may_be_open": rules.may_send(actor_of(request), form.organisation.pk),
        "chosen": chosen,
        "choices": [one for one in choices if one != chosen],
        "looked": looking,
        "owner": rules.handler_for(form.organisation.pk, None),
    }
    response = render(request, "signals/report.html", context, status=status)
    # A form that was refused holds the text: its size must not tell more than the receipt's.
    return padded(response) if request.method == "POST" else response


def _chosen(request: HttpRequest, form: ReportForm) -> Requirement | None:
    number = str(form["requirement"].value() or "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return requirements_visible_to(actor_of(request)).filter(pk=int(number)).only("text", "year").first()


def _choices(request: HttpRequest, organisation: Organisation, words: str, what: str) -> list[Requirement]:
    """Requirements that the words find, else those that the text itself makes likely; of the organisation's own first."""
    rows = requirements_visible_to(actor_of(request)).filter(addressee=organisation, status__in=ALIVE)
    if words.strip():
        found = search.matching(rows, words).only("text", "year").order_by("-year", "pk")
        return list(found[:MOST_CHOICES])
    likely = search.likeliest(what, 50 * MOST_CHOICES)
    by_pk = {row.pk: row for row in rows.filter(pk__in=likely).only("text", "year")}
    return [by_pk[pk] for pk in likely if pk in by_pk][:MOST_CHOICES]


@login_not_required
@require_POST
def requirements(request: HttpRequest) -> HttpResponse:
    """The part of the form with the requirements to choose among, as one types. Nothing of it is kept."""
    organisation = _organisation(request)
    choices: list[Requirement] = []
    if organisation is not None:
        words, what = request.POST.get("requirement_words", "")[:200], request.POST.get("what", "")[:2000]
        choices = _choices(request, organisation, words, what)
    return padded(
        render(request, "signals/_requirements.html", {"choices": choices, "looked": True}), SMALL_SIZE
    )


@login_not_required
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """Colleagues who say the same, as one types. Nothing of it is kept, and its size tells nothing."""
    actor, organisation = actor_of(request), _organisation(request)
    found: list[queries.Alike] = []
    if organisation is not None:
        found = queries.alike_at_work(
            actor, request.POST.get("what", "")[:2000], organisation_id=organisation.pk
        )
    context = {"alike": found, "people": sum(one.people for one in found)}
    return padded(render(request, "signals/_alike.html", context), SMALL_SIZE)
