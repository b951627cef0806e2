"""Every page that a person can meet, by the name of its address, with the states that look different."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tillitsrom.controls.models import ControlMeasure
from tillitsrom.cooperation.models import Body, Meeting, Minutes
from tillitsrom.ledger.models import AfterMeasure, Entry
from tillitsrom.outcomes.models import Decision, LegalObstacle, NewDuty, Request
from tillitsrom.people.models import Membership, Party, Unit
from tillitsrom.register.models import Candidate
from tillitsrom.rulesets.models import LocalAgreement
from tillitsrom.signals.models import DialogueRequest, InputCall, Statement

from .story import Demo

# Addresses that are no page: each with the reason why nobody looks at it.
NO_PAGE = {
    "catalogue": "a file",
    "security_txt": "a text file",
    "robots": "a text file",
    "healthz": "for machines",
    "logout": "answers a form",
    "set_language": "takes a choice and leads back",
    "set_scheme": "takes a choice and leads back",
    "set_organisation": "takes a choice and leads back",
    "people_token_add": "answers a form; its page is among the journeys",
    "people_token_remove": "answers a form",
    "people_own_data": "a file",
    "people_person_link": "answers a form",
    "people_person_close": "answers a form",
    "people_person_open": "answers a form",
    "people_membership_end": "answers a form",
    "documents:list_file": "a file",
    "documents:progress": "a part of a page",
    "documents:file": "a file",
    "documents:advance": "answers a form",
    "documents:accept_sure": "answers a form",
    "documents:candidate": "leads to the review",
    "documents:candidate_answer": "answers a form",
    "requirements:csv": "a file",
    "requirements:xlsx": "a file",
    "requirements:json": "a file",
    "requirements:advance": "answers a form",
    "deadlines:ics": "a file",
    "insights:chart": "a file",
    "agreements:sign": "answers a form",
    "agreements:advance": "answers a form",
    "insights:latest_year": "leads on to insights:year",
    "insights:corpus_chart": "a file",
    "insights:corpus_requirements_csv": "a file",
    "insights:corpus_documents_csv": "a file",
    "notices:follow": "leads to what the notice is about",
    "notices:read_all": "answers a form",
    "notices:try_again": "answers a form",
    "notices:give_up": "answers a form",
    "signals:alike": "a part of a page",
    "signals:requirements": "a part of a page",
    "signals:advance": "answers a form",
    "signals:dialogue_advance": "answers a form",
    "signals:call_advance": "answers a form",
    "signals:statement_advance": "answers a form",
    "controls:list_file": "a file",
    "controls:figures_file": "a file",
    "controls:advance": "answers a form",
    "signals:me_too": "answers a form",
    "signals:say": "answers a form",
    "signals:join": "answers a form",
    "signals:leave": "answers a form",
    "signals:letter_file": "a file",
    "outcomes:decisions_file": "a file",
    "outcomes:requests_file": "a file",
    "outcomes:letter_file": "a file",
    "outcomes:obstacles_file": "a file",
    "outcomes:duties_file": "a file",
    "outcomes:advance": "answers a form",
    "outcomes:obstacle_change": "answers a form",
    "outcomes:duty_advance": "answers a form",
    "ledger:csv": "a file",
    "ledger:xlsx": "a file",
    "ledger:json": "a file",
    "ledger:advance": "answers a form",
    "cooperation:advance": "answers a form",
    "cooperation:log_file": "a file",
    "cooperation:seat_end": "answers a form",
    "cooperation:meeting_ics": "a file",
    "cooperation:meeting_advance": "answers a form",
    "cooperation:minutes_start": "answers a form",
    "cooperation:minutes_write": "answers a form",
    "cooperation:minutes_view": "answers a form",
    "cooperation:minutes_advance": "answers a form",
    "cooperation:minutes_pdf": "a file",
    "cooperation:minutes_docx": "a file",
    "cooperation:minutes_text": "a file",
    "cooperation:kit_file": "a file",
}
# Of the API people look at one page only.
API_PAGE = "api:openapi-view"


@dataclass(frozen=True)
class Sheet:
    """A page in one state: the name of its address, who looks, and where it is."""

    name: str
    path: Callable[[Demo], str]
    state: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name} ({self.state})" if self.state else self.name


def _url(name: str, *args: Any, query: str = "") -> Callable[[Demo], str]:
    return lambda _demo: reverse(name, args=args) + query


def _document(name: str, key: str, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.documents[key].pk]) + query


def _requirement(name: str, key: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[getattr(demo, key).pk])


def _organisation(name: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.municipality.pk])


def _year(year: int, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse("insights:year", args=[demo.documents["2026"].addressee_id, year]) + query


def _person(name: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.employee.pk])


def _candidate(name: str) -> Callable[[Demo], str]:
    def path(demo: Demo) -> str:
        waiting = Candidate.objects.filter(document=demo.documents["review"], status="pending")
        return reverse(name, args=[waiting.order_by("start")[2].pk])

    return path


def _first(name: str, model: Any, **found: Any) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[model.objects.filter(**found).earliest("pk").pk])


def _agreement(name: str, status: str) -> Callable[[Demo], str]:
    return _first(name, LocalAgreement, status=status)


def _signal(name: str, key: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.signals[key].pk])


def _draft(demo: Demo) -> str:
    draft = Statement.objects.filter(status="draft").earliest("pk")
    return reverse("signals:statement", args=[draft.call_id, draft.pk])


def _case(name: str, key: str, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.cases[key].pk]) + query


def _paper(demo: Demo) -> str:
    case = demo.cases["contested"]
    return reverse("cooperation:paper", args=[case.pk, case.papers.earliest("pk").pk])


def _seat(demo: Demo) -> str:
    seat = Body.objects.earliest("pk").seats.earliest("pk")
    return reverse("cooperation:seat", args=[seat.body_id, seat.pk])


def _in_the_municipality(name: str) -> Callable[[Demo], str]:
    return lambda demo: f"{reverse(name)}?virksomhet={demo.municipality.pk}"


def _entry(name: str, status: str) -> Callable[[Demo], str]:
    return _first(name, Entry, status=status)


def _question(name: str) -> Callable[[Demo], str]:
    return _first(name, AfterMeasure, status="open")


def _report_at(demo: Demo) -> str:
    return f"{reverse('signals:report')}?organisation={demo.municipality.pk}"


def _link(demo: Demo) -> str:
    uid = urlsafe_base64_encode(force_bytes(demo.employee.pk))
    return reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(demo.employee)])


PUBLIC = [
    Sheet("home", _url("home")),
    Sheet("open_data", _url("open_data")),
    Sheet("exempted", _url("exempted")),
    Sheet("about", _url("about")),
    Sheet("accessibility", _url("accessibility")),
    Sheet("privacy", _url("privacy")),
    Sheet("login", _url("login")),
    Sheet("login", _url("login", query="?next=/meg/"), "sent from a page"),
    Sheet("password_reset", _url("password_reset")),
    Sheet("password_reset_done", _url("password_reset_done")),
    Sheet("password_reset_confirm", _link),
    Sheet("password_reset_confirm", _url("password_reset_confirm", "MQ", "x"), "used link"),
    Sheet("password_reset_complete", _url("password_reset_complete")),
    Sheet("people_organisations", _url("people_organisations")),
    Sheet("people_organisation", _organisation("people_organisation")),
    Sheet("documents:list", _url("documents:list")),
    Sheet("documents:list", _url("documents:list", query="?year=1999"), "nothing found"),
    Sheet("documents:detail", _document("documents:detail", "2026")),
    Sheet("documents:text", _document("documents:text", "2026")),
    Sheet("documents:changes", _document("documents:changes", "2026")),
    Sheet("documents:changes", _document("documents:changes", "2024"), "nothing to compare with"),
    Sheet("documents:changes", _document("documents:changes", "2026", "?vis=kept"), "one kind of change"),
    Sheet("requirements:list", _url("requirements:list")),
    Sheet(
        "requirements:list",
        _url("requirements:list", query="?q=rapportering&class=reporting&year=2026&sort=-hours"),
        "filtered",
    ),
    Sheet("requirements:list", _url("requirements:list", query="?q=finnesikke"), "nothing found"),
    Sheet("requirements:list", _url("requirements:list", query="?deadline_from=i+dag"), "wrong filter"),
    Sheet("requirements:detail", _requirement("requirements:detail", "costed"), "costed"),
    Sheet("requirements:detail", _requirement("requirements:detail", "questioned"), "questioned"),
    Sheet("deadlines:calendar", _url("deadlines:calendar", query="?month=2026-06")),
    Sheet("deadlines:calendar", _url("deadlines:calendar"), "this month"),
    Sheet("deadlines:calendar", _url("deadlines:calendar", query="?view=list"), "list"),
    Sheet("checking:rules", _url("checking:rules")),
    Sheet("checking:rule", _url("checking:rule", "TR201")),
    Sheet("checking:rule", _url("checking:rule", "TR402"), "with last year's letter"),
    Sheet("agreements:overview", _url("agreements:overview")),
    Sheet("agreements:area", _url("agreements:area", "state")),
    Sheet("agreements:area", _url("agreements:area", "oslo"), "edition not known"),
    Sheet("agreements:which_form", _url("agreements:which_form")),
    Sheet(
        "agreements:which_form",
        _url("agreements:which_form", query="?area=state&topic=STAT-19-2A&asked=1&chart=yes"),
        "a question",
    ),
    Sheet(
        "agreements:which_form",
        _url("agreements:which_form", query="?area=law&topic=LAW-8-2B&asked=1&fifty=unknown"),
        "the answer",
    ),
    Sheet("agreements:organisation", _organisation("agreements:organisation")),
    Sheet("agreements:local", _agreement("agreements:local", "in_force")),
    Sheet("insights:overview", _url("insights:overview")),
    Sheet("insights:organisation", _organisation("insights:organisation")),
    Sheet("signals:report", _url("signals:report"), "choose the organisation"),
    Sheet("signals:report", _report_at, "in confidence"),
    Sheet("signals:reply", _url("signals:reply")),
    Sheet("outcomes:decisions", _url("outcomes:decisions")),
    Sheet("outcomes:decision", _first("outcomes:decision", Decision, outcome="kept")),
    Sheet("outcomes:requests", _url("outcomes:requests")),
    Sheet("outcomes:requests", _url("outcomes:requests", query="?status=besvart"), "nothing found"),
    Sheet("outcomes:request", _first("outcomes:request", Request)),
    Sheet("outcomes:letter", _first("outcomes:letter", Request)),
    Sheet("outcomes:obstacles", _url("outcomes:obstacles")),
    Sheet("outcomes:obstacle", _first("outcomes:obstacle", LegalObstacle)),
    Sheet("outcomes:duties", _url("outcomes:duties")),
    Sheet("outcomes:duty", _first("outcomes:duty", NewDuty)),
    Sheet("ledger:overview", _url("ledger:overview")),
    Sheet("ledger:overview", _url("ledger:overview", query="?year=1999"), "nothing found"),
    Sheet("ledger:entry", _entry("ledger:entry", "verified"), "confirmed by both"),
    Sheet("ledger:entry", _entry("ledger:entry", "disputed"), "disputed"),
    Sheet("insights:year", _year(2026)),
    Sheet("insights:year", _year(2026, "?vis=new"), "one kind of change"),
    Sheet("insights:year", _year(1999), "no letters"),
    Sheet("insights:corpus", _url("insights:corpus")),
    Sheet("insights:corpus", _url("insights:corpus", query="?q=finnesikke"), "nothing found"),
    Sheet(
        "insights:corpus_requirements", _url("insights:corpus_requirements", query="?class=assignment&q=skal")
    ),
    Sheet(
        "insights:corpus_requirements",
        _url("insights:corpus_requirements", query="?q=finnesikke"),
        "nothing found",
    ),
    Sheet(API_PAGE, _url(API_PAGE)),
    Sheet("home", lambda _demo: "/finnes-ikke/", "not found", 404),
    Sheet("cooperation:list", _url("cooperation:list")),
    Sheet("cooperation:case", _case("cooperation:case", "closed"), "closed"),
    Sheet("cooperation:politicians", _url("cooperation:politicians")),
    Sheet("cooperation:figures", _url("cooperation:figures")),
    Sheet("controls:list", _url("controls:list")),
]

SIGNED_IN = [
    Sheet("home", _url("home"), "my desk"),
    Sheet("notices:mine", _url("notices:mine")),
    Sheet("signals:report", _url("signals:report"), "signed in"),
    Sheet("signals:desk", _url("signals:desk")),
    Sheet("controls:list", _url("controls:list")),
    Sheet("controls:list", _url("controls:list", query="?vis=ubegrunnet"), "not justified"),
    Sheet("controls:figures", _url("controls:figures")),
    Sheet("controls:new", _url("controls:new")),
    Sheet("signals:dialogues", _url("signals:dialogues")),
    Sheet("signals:dialogue_ask", _url("signals:dialogue_ask")),
    Sheet("signals:dialogue", _first("signals:dialogue", DialogueRequest)),
    Sheet("signals:calls", _url("signals:calls")),
    Sheet("signals:call_ask", _url("signals:call_ask")),
    Sheet("signals:call", _first("signals:call", InputCall, status="open"), "to be answered"),
    Sheet("signals:call", _first("signals:call", InputCall, status="answered"), "being gone through"),
    Sheet("signals:statement_new", _first("signals:statement_new", InputCall, status="open")),
    Sheet("signals:statement", _draft),
    Sheet("controls:edit", _first("controls:edit", ControlMeasure, status="proposed")),
    Sheet("controls:detail", _first("controls:detail", ControlMeasure)),
    Sheet("signals:desk", _url("signals:desk", query="?vis=arbeidsplassen"), "one heading"),
    Sheet("outcomes:desk", _url("outcomes:desk")),
    Sheet("outcomes:request", _first("outcomes:request", Request), "to be answered"),
    Sheet("outcomes:decide", lambda demo: reverse("outcomes:decide", args=["krav", demo.costed.pk])),
    Sheet(
        "outcomes:decide",
        lambda demo: reverse("outcomes:decide", args=["krav", demo.costed.pk]) + "?utfall=removed",
        "one outcome",
    ),
    Sheet("outcomes:ask", _requirement("outcomes:ask", "costed")),
    Sheet("outcomes:duty_new", _url("outcomes:duty_new")),
    Sheet("signals:mine", _url("signals:mine"), "nothing yet"),
    Sheet("signals:detail", _signal("signals:detail", "waiting"), "followed"),
    Sheet("signals:detail", _signal("signals:detail", "outside"), "answered"),
    Sheet("signals:letter", _signal("signals:letter", "outside")),
    Sheet("ledger:waiting", _url("ledger:waiting")),
    Sheet("ledger:entry", _entry("ledger:entry", "measured"), "to be confirmed"),
    Sheet("ledger:answer", _question("ledger:answer")),
    Sheet("ledger:thanks", _question("ledger:thanks")),
    Sheet("notices:failed", _url("notices:failed")),
    Sheet("profile", _url("profile")),
    Sheet("password_change", _url("password_change")),
    Sheet("password_change_done", _url("password_change_done")),
    Sheet("people_erase_me", _url("people_erase_me")),
    Sheet("agreements:organisation", _organisation("agreements:organisation"), "signed in"),
    Sheet("agreements:choose_area", _organisation("agreements:choose_area")),
    Sheet("agreements:begin", _organisation("agreements:begin")),
    Sheet("agreements:local", _agreement("agreements:local", "negotiating"), "to be signed"),
    Sheet("agreements:edit", _agreement("agreements:edit", "negotiating")),
    Sheet("people_administration", _url("people_administration")),
    Sheet("people_organisation_add", _url("people_organisation_add")),
    Sheet("people_organisation_admin", _organisation("people_organisation_admin")),
    Sheet("people_organisation_edit", _organisation("people_organisation_edit")),
    Sheet("people_unit_add", _organisation("people_unit_add")),
    Sheet("people_unit_edit", _first("people_unit_edit", Unit)),
    Sheet("people_party_add", _organisation("people_party_add")),
    Sheet("people_party_edit", _first("people_party_edit", Party)),
    Sheet("people_persons", _url("people_persons")),
    Sheet("people_person_add", _url("people_person_add")),
    Sheet("people_person", _person("people_person")),
    Sheet("people_person_edit", _person("people_person_edit")),
    Sheet("people_person_erase", _person("people_person_erase")),
    Sheet("people_membership_add", _person("people_membership_add"), "choose the organisation"),
    Sheet(
        "people_membership_add",
        lambda demo: f"{_person('people_membership_add')(demo)}?organisation={demo.municipality.pk}",
    ),
    Sheet("people_membership_edit", _first("people_membership_edit", Membership)),
    Sheet("documents:list", _url("documents:list"), "signed in"),
    Sheet("documents:upload", _url("documents:upload")),
    Sheet("documents:detail", _document("documents:detail", "2026"), "signed in"),
    Sheet("documents:detail", _document("documents:detail", "review"), "in review"),
    Sheet("documents:detail", _document("documents:detail", "failed"), "failed"),
    Sheet("documents:detail", _document("documents:detail", "received"), "received"),
    Sheet("documents:detail", _document("documents:detail", "exempt"), "exempt"),
    Sheet("documents:text", _document("documents:text", "review"), "in review"),
    Sheet("documents:edit", _document("documents:edit", "exempt")),
    Sheet("documents:changes", _document("documents:changes", "review"), "in review"),
    Sheet("documents:changes", _document("documents:changes", "failed"), "not read yet", 409),
    Sheet("documents:review", _document("documents:review", "review")),
    Sheet("documents:review", _document("documents:review", "2026", "?vis=avvist"), "nothing rejected"),
    Sheet("documents:review", _document("documents:review", "2026"), "published"),
    Sheet("documents:candidate_add", _document("documents:candidate_add", "review")),
    Sheet("documents:candidate_edit", _candidate("documents:candidate_edit")),
    Sheet("documents:candidate_split", _candidate("documents:candidate_split")),
    Sheet("documents:candidate_merge", _candidate("documents:candidate_merge")),
    Sheet("requirements:list", _url("requirements:list"), "signed in"),
    Sheet("requirements:detail", _requirement("requirements:detail", "costed"), "costed, signed in"),
    Sheet("requirements:detail", _requirement("requirements:detail", "questioned"), "questioned, signed in"),
    Sheet("requirements:detail", _requirement("requirements:detail", "exempt"), "exempt"),
    Sheet("requirements:describe", _requirement("requirements:describe", "costed")),
    Sheet("deadlines:calendar", _url("deadlines:calendar", query="?month=2026-06"), "signed in"),
    Sheet("checking:draft", _url("checking:draft")),
    Sheet("checking:document", _document("checking:document", "review")),
    Sheet("checking:document", _document("checking:document", "2026"), "published"),
    Sheet("insights:overview", _url("insights:overview"), "signed in"),
    Sheet("cooperation:list", _url("cooperation:list"), "signed in"),
    Sheet("cooperation:list", _url("cooperation:list", query="?trekk=mitt"), "my move"),
    Sheet("cooperation:raise", _url("cooperation:raise")),
    Sheet("cooperation:case", _case("cooperation:case", "contested"), "contested"),
    Sheet("cooperation:edit", _case("cooperation:edit", "contested")),
    Sheet("cooperation:classify", _case("cooperation:classify", "contested"), "contested by my side", 403),
    Sheet("cooperation:classify", _case("cooperation:classify", "new"), "what it is about"),
    Sheet("cooperation:classify", _case("cooperation:classify", "new", "?asked=1"), "the answer"),
    Sheet("cooperation:paper", _paper),
    Sheet("cooperation:politicians", _url("cooperation:politicians"), "signed in"),
    Sheet("cooperation:figures", _url("cooperation:figures"), "signed in"),
    Sheet("cooperation:bodies", _url("cooperation:bodies")),
    Sheet("cooperation:body", _first("cooperation:body", Body)),
    Sheet("cooperation:body_new", _organisation("cooperation:body_new")),
    Sheet("cooperation:body_edit", _first("cooperation:body_edit", Body)),
    Sheet("cooperation:seat_new", _first("cooperation:seat_new", Body)),
    Sheet("cooperation:seat", _seat),
    Sheet("cooperation:meetings", _url("cooperation:meetings")),
    Sheet("cooperation:meeting_plan", _in_the_municipality("cooperation:meeting_plan")),
    Sheet("cooperation:meeting", _first("cooperation:meeting", Meeting, status="planned"), "planned, late"),
    Sheet("cooperation:meeting", _first("cooperation:meeting", Meeting, status="held"), "held"),
    Sheet("cooperation:meeting_edit", _first("cooperation:meeting_edit", Meeting, status="planned")),
    Sheet("cooperation:meeting_agenda", _first("cooperation:meeting_agenda", Meeting, status="planned")),
    Sheet("cooperation:meeting_attend", _first("cooperation:meeting_attend", Meeting, status="held")),
    Sheet("cooperation:minutes", _first("cooperation:minutes", Minutes, status="drafted"), "draft"),
    Sheet("cooperation:minutes", _first("cooperation:minutes", Minutes, status="sent"), "sent"),
    Sheet("cooperation:contacts", _url("cooperation:contacts")),
    Sheet("cooperation:contact_new", _organisation("cooperation:contact_new")),
    Sheet("cooperation:kit", _case("cooperation:kit", "contested")),
]

# The same addresses for one who may do less, and says so.
RESTRICTED = [
    Sheet("documents:review", _document("documents:review", "review"), "may only read"),
    Sheet("documents:detail", _document("documents:detail", "review"), "may only read"),
    Sheet("requirements:detail", _requirement("requirements:detail", "costed"), "may only question"),
    Sheet("signals:detail", _signal("signals:detail", "waiting"), "one's own"),
    Sheet("signals:mine", _url("signals:mine"), "one's own"),
    Sheet("signals:calls", _url("signals:calls"), "speaks for no party"),
    Sheet("signals:call_ask", _url("signals:call_ask"), "refused", 403),
    Sheet("signals:letter", _signal("signals:letter", "outside"), "refused", 403),
    Sheet("requirements:describe", _requirement("requirements:describe", "costed"), "refused", 403),
    Sheet("people_administration", _url("people_administration"), "refused", 403),
    Sheet("documents:upload", _url("documents:upload"), "refused", 403),
]

# The pages that lists and figures stand on, as a system looks before anything is in it.
EMPTY_PUBLIC = ["home", "open_data", "exempted", "people_organisations", "documents:list", "requirements:list",
                "deadlines:calendar", "insights:overview", "agreements:overview", "cooperation:list",
                "cooperation:figures", "cooperation:politicians"]  # fmt: skip


def names() -> Iterator[str]:
    """The name of every address that answers GET, or may."""

    def walk(resolver: URLResolver, names: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one, f"{names}{one.namespace}:" if one.namespace else names)
            elif isinstance(one, URLPattern):
                yield f"{names}{one.name}"

    for name in walk(get_resolver()):
        if not name.startswith("api:") or name == API_PAGE:
            yield name
