"""Raising a case: by a party, from signals, a requirement, a control measure or a decision that is about to be taken."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillitsrom.cooperation import about, rules
from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.forms import RaiseForm
from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Conflict, Refused, WrongState, deny, require
from tillitsrom.core.http import person_of
from tillitsrom.people.models import Organisation, User
from tillitsrom.people.rules import organisations_visible_to, standing
from tillitsrom.register.models import Requirement
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.rulesets.forms import add_errors
from tillitsrom.signals.models import Signal
from tillitsrom.signals.rules import visible_to as signals_visible_to
from tillitsrom.web.context import current_organisation

UNPROCESSABLE, CONFLICT = 422, 409
MOST = 50


@dataclass(frozen=True, slots=True)
class Source:
    """What the case is raised from, as the address names it and as far as the person may see it."""

    signals: list[Signal]
    requirement: Requirement | None
    about: about.About | None
    about_type: str
    about_id: int | None
    coming_decision: bool

    @property
    def origin(self) -> str:
        if self.signals:
            return Case.Origin.SIGNALS
        if self.about is not None:
            return self.about.origin
        if self.requirement is not None:
            return Case.Origin.REQUIREMENT
        return Case.Origin.COMING_DECISION if self.coming_decision else Case.Origin.RAISED


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _source(person: User, query: QueryDict) -> Source:
    wanted = [one for text in query.getlist("melding")[:MOST] if (one := _number(text)) is not None]
    kind, _colon, key = query.get("om", "").partition(":")
    requirement = _number(query.get("krav", ""))
    return Source(
        signals=list(
            signals_visible_to(person).filter(pk__in=wanted).select_related("organisation", "unit").order_by("pk")
        ),
        requirement=requirements_visible_to(person).filter(pk=requirement).first() if requirement else None,
        about=about.find(person, kind, _number(key)),
        about_type=kind[:60] if kind in about.FINDERS else "",
        about_id=_number(key) if kind in about.FINDERS else None,
        coming_decision="beslutning" in query,
    )  # fmt: skip


def _organisation(request: HttpRequest, source: Source) -> Organisation:
    """The signals' organisation, else the one in the address, else the one acted for, else the first where one may raise a case."""
    person = person_of(request)
    if source.signals:
        return source.signals[0].organisation
    chosen = _number(request.GET.get("virksomhet", ""))
    places = organisations_visible_to(person)
    found = places.filter(pk=chosen).first() if chosen else current_organisation(request)
    if not isinstance(found, Organisation):
        raise Refused(
            deny(_("You do not belong to an organisation here, so there is nobody to raise a case for."))
        )
    roles = standing(person)
    raisers = roles.organisations_as(rules.RAISERS)
    if chosen is None and found.pk not in raisers and raisers:
        return places.filter(pk__in=raisers).order_by("name")[0]
    return found


@require_http_methods(["GET", "POST"])
def raise_case(request: HttpRequest) -> HttpResponse:
    """One page: the question, who takes part, and when it is to be decided. What it comes from stands in the address."""
    person = person_of(request)
    source = _source(person, request.GET)
    organisation = _organisation(request, source)
    require(rules.may_raise_in(person, organisation))
    form = RaiseForm(request.POST or None, actor=person, organisation=organisation, initial=_initial(source))
    context: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "source": source,
        "seen": ",".join(f"{one.pk}:{one.version}" for one in source.signals),
    }
    if request.method != "POST":
        return render(request, "cooperation/raise.html", context)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            case = cases.raise_case(actor=person, draft=_draft(request, form, organisation, source))
        except (Conflict, WrongState) as stopped:
            context["notice"], status = str(stopped), CONFLICT
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("Case %(number)s is raised, and the parties are told.") % {"number": case.number}
            )
            return HttpResponseRedirect(reverse("cooperation:case", args=[case.pk]))
    return render(request, "cooperation/raise.html", context, status=status)


def _initial(source: Source) -> dict[str, Any]:
    if source.signals:
        first = source.signals[0]
        unit = None if first.confidential else first.unit_id
        words = "\n\n".join(f"«{one.what}»" for one in source.signals)
        return {"unit": unit, "background": words[:5000]}
    if source.requirement is not None:
        return {"background": f"«{source.requirement.text}»"[:5000]}
    return {}


def _draft(request: HttpRequest, form: RaiseForm, organisation: Organisation, source: Source) -> cases.Draft:
    seen = dict(
        pair.split(":", 1) for pair in request.POST.get("seen", "").split(",") if pair.count(":") == 1
    )
    data = form.cleaned_data
    return cases.Draft(
        organisation=organisation,
        values=form.values(),
        unit=data["unit"],
        party=data.get("party"),
        origin=source.origin,
        about_type=source.about_type,
        about_id=source.about_id,
        signals=tuple((one, _number(seen.get(str(one.pk), "")) or 0) for one in source.signals),
        requirements=tuple(_requirements(source)),
        parties=tuple(data["parties"]),
    )


def _requirements(source: Source) -> list[Requirement]:
    """The requirement in the address, and those that the signals come from."""
    found = {one.requirement.pk: one.requirement for one in source.signals if one.requirement is not None}
    if source.requirement is not None:
        found[source.requirement.pk] = source.requirement
    return list(found.values())
