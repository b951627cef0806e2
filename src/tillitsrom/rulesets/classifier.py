"""Which form a case shall have: questions in, an answer with its reason and source out. Pure: no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .schema import WEIGHT, CaseForm, Question, Reply, Rule, RuleSet

TOPIC = "topic."
# Answers by question id; a topic that the case is about has the id of its rule after "topic.".
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Considered:
    """A rule that was looked at: what it would give, whether it applies, and why or why not."""

    rule_id: str
    title: str
    form: CaseForm
    section: str
    applies: bool
    verified: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Classification:
    """The form of a case with its reason. `unsettled` are the questions that nobody could answer yet.

    Where `verified` is False the answer is a suggestion that the parties may change, never presented as law.
    """

    form: CaseForm
    rule_id: str
    title: str
    reason: str
    section: str
    sources: tuple[str, ...]
    verified: bool
    edition: str
    note: str
    timing: str
    caveat: str
    steps: tuple[CaseForm, ...]
    also: tuple[Considered, ...]
    alternatives: tuple[Considered, ...]
    unsettled: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.unsettled)


def topics_of(rule_set: RuleSet, answers: Answers) -> list[Rule]:
    """The kinds of matter that the case is said to be about."""
    return [rule for rule in rule_set.topics if answers.get(TOPIC + rule.id) == Reply.YES]


def questions_for(rule_set: RuleSet, answers: Answers) -> list[Question]:
    """Every question that the chosen topics ask, in order; those after a settled answer are left out."""
    asked: dict[str, Question] = {}
    for rule in topics_of(rule_set, answers):
        for one in _path_of(rule_set, rule, answers):
            for name in (*one.conditions, *one.unless):
                asked.setdefault(name, rule_set.questions[name])
                if _settles(one, name, answers.get(name, "")):
                    break
    return list(asked.values())


def next_question(rule_set: RuleSet, answers: Answers) -> Question | None:
    """The next question that has no answer; None when the answer can be given. «I do not know» is an answer: we ask on."""
    return next((q for q in questions_for(rule_set, answers) if answers.get(q.id) not in Reply.values), None)


def classify(rule_set: RuleSet, answers: Answers, on: date) -> Classification:
    """The form of the case on the day, always with a reason.

    What nobody has answered counts as not shown: negotiation is only the answer where every condition of a listed ground is
    answered yes (Hovedavtalen i staten § 19 nr. 2: the list is exhaustive).
    """
    decided: dict[str, Rule] = {}
    considered: list[Considered] = []
    unsettled: dict[str, None] = {}
    for rule in topics_of(rule_set, answers):
        chain = _path_of(rule_set, rule, answers)
        unsettled.update(dict.fromkeys(n for one in chain for n in _unknown(one, answers)))
        considered += [_considered(rule_set, one, answers, on) for one in chain[:-1]]
        decided.setdefault(chain[-1].id, chain[-1])
    if not decided:
        fallback = rule_set.rules[rule_set.fallback]
        decided[fallback.id] = fallback
    ranked = sorted(decided.values(), key=lambda r: (-WEIGHT[r.form], not r.provision.verified_on(on)))
    chosen, others = ranked[0], ranked[1:]
    return Classification(
        form=chosen.form,
        rule_id=chosen.id,
        title=str(chosen.title),
        reason=str(chosen.reason),
        section=chosen.provision.section,
        sources=chosen.provision.sources,
        verified=chosen.provision.verified_on(on),
        edition=chosen.provision.edition,
        note=str(chosen.provision.note or ""),
        timing=str(chosen.timing or ""),
        caveat="" if chosen.statute else rule_set.standing_text(on),
        steps=chosen.steps or (chosen.form,),
        also=tuple(_considered(rule_set, rule, answers, on) for rule in others),
        alternatives=tuple({one.rule_id: one for one in considered}.values()),
        unsettled=tuple(unsettled),
    )


def _settles(rule: Rule, name: str, reply: str) -> bool:
    """Whether an answer ends the questions of a rule: one no among its conditions, one yes among its exceptions."""
    return reply == (Reply.NO if name in rule.conditions else Reply.YES)


def _failed(rule: Rule, answers: Answers) -> list[str]:
    """The questions whose answers keep the rule from applying."""
    return [n for n in (*rule.conditions, *rule.unless) if _settles(rule, n, answers.get(n, ""))]


def _unknown(rule: Rule, answers: Answers) -> list[str]:
    """The questions of the rule that still could change the answer."""
    if _failed(rule, answers):
        return []
    known = (Reply.YES, Reply.NO)
    return [n for n in (*rule.conditions, *rule.unless) if answers.get(n) not in known]


def _applies(rule: Rule, answers: Answers) -> bool:
    return not _failed(rule, answers) and not _unknown(rule, answers)


def _path_of(rule_set: RuleSet, rule: Rule, answers: Answers) -> list[Rule]:
    """The rule, and those it points on to while it does not apply. The last one decides."""
    path = [rule]
    while path[-1].otherwise and not _applies(path[-1], answers):
        path.append(rule_set.rules[path[-1].otherwise])
    return path


def _considered(rule_set: RuleSet, rule: Rule, answers: Answers, on: date) -> Considered:
    applies = _applies(rule, answers)
    return Considered(
        rule_id=rule.id,
        title=str(rule.title),
        form=rule.form,
        section=rule.provision.section,
        applies=applies,
        verified=rule.provision.verified_on(on),
        reason=str(rule.reason) if applies else _why_not(rule_set, rule, answers),
    )


def _why_not(rule_set: RuleSet, rule: Rule, answers: Answers) -> str:
    failed = _failed(rule, answers)
    names = failed or _unknown(rule, answers)
    shown = " ".join(f"«{rule_set.questions[name].text}»" for name in names)
    if failed:
        return _("It does not apply because of the answer to: %(questions)s") % {"questions": shown}
    return _("We cannot say yet. This is not answered: %(questions)s") % {"questions": shown}
