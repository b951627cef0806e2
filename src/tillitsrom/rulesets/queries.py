"""What holds for an organisation on a day, and reads for the pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tillitsrom.people.models import Organisation

from . import load
from .classifier import Answers, Classification, Considered, classify, next_question, questions_for, topics_of
from .models import HOLDING, UNDER_WAY, AreaChoice, LocalAgreement
from .schema import CaseForm, House, Minutes, Path, RuleSet, Statute

__all__ = [
    "Agreement", "Answers", "AreaOf", "Classification", "Considered", "area_of", "classify", "disagreement_path",
    "house", "in_force", "minutes_needed", "next_question", "questions_for", "rule_set", "statute", "topics_of", "under_way",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AreaOf:
    """The agreement area of an organisation. Without `since` nobody has chosen: it is a guess from the kind of body."""

    rule_set: RuleSet
    since: date | None

    @property
    def chosen(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the parties in an organisation go by on a day.

    `agreed_locally` says whether the days come from a local agreement; otherwise `days_note` says that they are only a
    suggestion. `standing` is a sentence on the central edition where it does not simply hold.
    """

    organisation: Organisation
    rule_set: RuleSet
    area_since: date | None
    local: LocalAgreement | None
    notice_days: int
    document_days: int
    minutes_days: int
    evaluation_months: int
    agreed_locally: bool
    days_note: str
    standing: str


def rule_set(code: str) -> RuleSet:
    """The rule set of an agreement area; KeyError for an unknown code."""
    return load.rule_sets()[code]


def statute(name: str) -> Statute:
    """A provision of law by its id, for example AML-9-2; KeyError for an unknown one."""
    return load.statutes()[name]


def house() -> House:
    """The house rules of the cooperation: what the system asks for where law and agreements set no number."""
    return load.house()


def area_of(organisation: Organisation, on: date) -> AreaOf:
    """The area that was chosen for the organisation, else the one that bodies of its kind usually are in."""
    chosen = AreaChoice.objects.filter(organisation=organisation, since__lte=on).first()
    if chosen is not None:
        return AreaOf(rule_set(chosen.code), chosen.since)
    usual = next(
        (one for one in load.rule_sets().values() if organisation.level in one.levels), rule_set("law")
    )
    return AreaOf(usual, None)


def in_force(organisation: Organisation, on: date) -> Agreement:
    """What holds in the organisation on the day: the area's rules, and the days that are agreed locally or suggested."""
    area = area_of(organisation, on)
    local = (
        LocalAgreement.objects.filter(organisation=organisation, status__in=HOLDING, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .first()
    )
    rules = area.rule_set if local is None else rule_set(local.rule_set)
    days = local or load.defaults()
    return Agreement(
        organisation=organisation,
        rule_set=rules,
        area_since=area.since,
        local=local,
        notice_days=days.notice_days,
        document_days=days.document_days,
        minutes_days=days.minutes_days,
        evaluation_months=days.evaluation_months,
        agreed_locally=local is not None,
        days_note="" if local else str(load.defaults().note),
        standing=rules.standing_text(on),
    )


def disagreement_path(rule_set: RuleSet, form: CaseForm | str) -> Path:
    """What happens when the parties disagree in a case of this form; KeyError for one that the area does not have."""
    return rule_set.paths[CaseForm(form)]


def minutes_needed(rule_set: RuleSet, form: CaseForm | str) -> Minutes:
    """What minutes a case of this form needs, who writes, and whether they are approved or signed; KeyError as above."""
    return rule_set.minutes[CaseForm(form)]


def under_way(organisation: Organisation) -> LocalAgreement | None:
    """The agreement that is being negotiated, or is signed and waits for its day."""
    return LocalAgreement.objects.filter(organisation=organisation, status__in=UNDER_WAY).first()
