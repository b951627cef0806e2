"""Minutes: written together while the meeting goes on, sent, and answered by each party."""

import difflib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillitsrom.cooperation import rules as case_rules
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import minutes as actions
from tillitsrom.cooperation.forms_meetings import AnswerForm, TextForm
from tillitsrom.cooperation.lifecycle_meetings import MINUTES
from tillitsrom.cooperation.models import Minutes, MinutesView
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Decision, Refused, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.models import Actor, Party

UNPROCESSABLE, FORBIDDEN, CONFLICT = 422, 403, 409


@dataclass(frozen=True, slots=True)
class Both:
    """Two texts that were written at once: mine, the other person's, and where they differ, line by line."""

    mine: str
    theirs: str
    version: int

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each line with whose it is: mine, theirs or both."""
        found = difflib.ndiff(self.theirs.splitlines(), self.mine.splitlines())
        whose = {"- ": "theirs", "+ ": "mine", "  ": "both"}
        return [(whose[line[:2]], line[2:]) for line in found if line[:2] in whose]


@dataclass(frozen=True, slots=True)
class View:
    """A party's view, with a form where the reader speaks for the party."""

    party: Party
    text: str
    form: TextForm | None


@dataclass(frozen=True, slots=True)
class Signature:
    """A party that is asked, and its answer if it has given one."""

    party: Party
    at: Any
    by: str


def visible(request: HttpRequest, pk: int) -> Minutes:
    """The minutes, as far as the reader may see them."""
    rows = rules.minutes_visible_to(actor_of(request)).select_related(
        "case__organisation", "case__unit", "meeting__body", "meeting__organisation"
    )
    return get_object_or_404(rows.prefetch_related("approvals__party", "approvals__by"), pk=pk)


@require_POST
def start(request: HttpRequest, pk: int, case_pk: int) -> HttpResponse:
    """Begin the minutes of a case in a meeting, or go to those that are there."""
    actor = person_of(request)
    meeting = get_object_or_404(rules.meetings_visible_to(actor).distinct(), pk=pk)
    case = get_object_or_404(case_rules.visible_to(actor), pk=case_pk)
    made = actions.start(actor=actor, meeting=meeting, case=case)
    return HttpResponseRedirect(reverse("cooperation:minutes", args=[made.pk]))


@login_not_required
@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible(request, pk))


def _views(actor: Actor, row: Minutes, writing: bool) -> list[View]:
    said = {one.party_id: one for one in row.views.all()}
    parties = [one.party for one in row.case.involvements.select_related("party")]
    found = []
    for party in sorted(parties, key=lambda one: (one.side != Party.Side.EMPLOYER, one.name)):
        held = said.get(party.pk, MinutesView(version=0))
        form = None
        if writing and rules.may_write_view(actor, row, party):
            label = _("What %(party)s means") % {"party": party.name}
            form = TextForm(label=label, prefix=f"view-{party.pk}", text=held.text, version=held.version)
        if form or held.text:
            found.append(View(party, held.text, form))
    return found


def _signatures(actor: Actor, row: Minutes) -> list[Signature]:
    digest = rules.digest(row)
    done = {one.party_id: one for one in row.approvals.all() if one.approved and one.digest == digest}
    found = []
    for party in row.asked.order_by("side", "name"):
        answer = done.get(party.pk)
        named = answer is not None and actor.is_authenticated and answer.by is not None
        found.append(Signature(party, answer.at if answer else None, answer.by.name if named else ""))  # type: ignore[union-attr]
    return found


def _page(
    request: HttpRequest,
    row: Minutes,
    *,
    status: int = 200,
    notice: str = "",
    both: Both | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    drafted = row.status == Minutes.Status.DRAFTED
    options = {one.transition.action: one.decision for one in MINUTES.options(actor, row)}
    may_write = bool(options.get("write"))
    text_form = None
    if may_write:
        known = {"label": _("What was said and agreed"), "prefix": "text"}
        text_form = TextForm(**known, text=both.mine if both else row.text, version=row.version)
    waits = options.get("approve", Decision(False, ""))
    mine = rules.parties_to_sign_for(actor, row) if waits else []
    objecting = [one for one in row.asked.all() if rules.may_write_view(actor, row, one)]
    digest = rules.digest(row)
    forms = {
        "approve": AnswerForm(action="approve", minutes=row, parties=mine, digest=digest),
        "object": AnswerForm(action="object", minutes=row, parties=objecting, digest=digest),
    }
    context = {
        "minutes": row,
        "today": today,
        "needed": rules.needed_for(row),
        "drafted": drafted,
        "late": row.sent_on is None and row.due_on < today,
        "text_form": text_form,
        "views": _views(actor, row, drafted),
        "signatures": _signatures(actor, row),
        "digest": digest if row.sealed else "",
        "may_send": options.get("send"),
        "approve": forms["approve"] if mine else None,
        "object": (answer or forms["object"]) if options.get("object") else None,
        "object_open": answer is not None,
        "closed": [
            (t.label, options[t.action].reason)
            for t in MINUTES.transitions
            if t.source == row.status and not options[t.action]
        ],
        "objections": [one for one in row.approvals.all() if not one.approved],
        "both": both,
        "notice": notice,
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in events.history(row)],
    }
    return render(request, "cooperation/minutes.html", context, status=status)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the common text: by the button, or by itself while one writes. Two at once see both texts."""
    return _save(request, visible(request, pk), None)


@require_POST
def write_view(request: HttpRequest, pk: int, party_pk: int) -> HttpResponse:
    """Save a party's own view."""
    row = visible(request, pk)
    party = get_object_or_404(Party, pk=party_pk, organisation=row.case.organisation_id)
    return _save(request, row, party)


def _save(request: HttpRequest, row: Minutes, party: Party | None) -> HttpResponse:
    prefix = "text" if party is None else f"view-{party.pk}"
    by_itself = request.headers.get("HX-Request") == "true"
    form = TextForm(request.POST, label="", prefix=prefix)
    if not form.is_valid():
        return _page(request, row, status=UNPROCESSABLE, notice=_("The text is too long."))
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    person = person_of(request)
    try:
        if party is None:
            version = actions.write(actor=person, minutes=row, version=version, text=text).version
        else:
            version = actions.write_view(
                actor=person, minutes=row, party=party, version=version, text=text
            ).version
    except actions.WrittenAtOnce as other:
        both = Both(text, other.theirs, other.version)
        if by_itself:
            context = {"prefix": prefix, "version": version, "both": both}
            return render(request, "cooperation/_saved.html", context)
        if party is None:
            return _page(request, visible(request, row.pk), status=CONFLICT, notice=str(other), both=both)
        context = {"minutes": row, "party": party, "both": both, "notice": str(other)}
        context["form"] = TextForm(
            label=_("What %(party)s means") % {"party": party.name},
            prefix=prefix,
            text=text,
            version=other.version,
        )
        return render(request, "cooperation/view_at_once.html", context, status=CONFLICT)
    except WrongState as stopped:
        return _page(request, visible(request, row.pk), status=CONFLICT, notice=str(stopped))
    if by_itself:
        return render(
            request, "cooperation/_saved.html", {"prefix": prefix, "version": version, "now": timezone.now()}
        )
    messages.success(request, _("The text is saved."))
    return HttpResponseRedirect(reverse("cooperation:minutes", args=[row.pk]))


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send, approve or ask for a change."""
    row, person = visible(request, pk), person_of(request)
    if action not in ("send", "approve", "object"):
        raise Http404
    form: AnswerForm | None = None
    try:
        step = MINUTES.find(source=row.status, action=action)
        require(step.rule(person, row))
        if action == "send":
            sent = request.POST.get("version", "")
            version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
            actions.send(actor=person, minutes=row, version=version)
        else:
            parties = list(row.asked.all())
            form = AnswerForm(request.POST, action=action, minutes=row, parties=parties, digest="")
            if not form.is_valid():
                return _page(request, row, status=UNPROCESSABLE,
                             answer=form if action == "object" else None)  # fmt: skip
            act = actions.approve if action == "approve" else actions.object_to
            act(actor=person, minutes=row, **form.cleaned_data)
    except actions.WrittenAtOnce:
        words = _("The text was changed while you read. Read it again before you send it.")
        return _page(request, visible(request, pk), status=CONFLICT, notice=words)
    except (Conflict, WrongState) as stopped:
        return _page(request, visible(request, pk), status=CONFLICT, notice=str(stopped))
    except Refused as refused:
        return _page(request, visible(request, pk), status=FORBIDDEN, notice=str(refused.decision.reason))
    except ValidationError as error:
        words = " ".join(error.messages)
        return _page(request, visible(request, pk), status=UNPROCESSABLE, notice=words)
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(reverse("cooperation:minutes", args=[pk]))
