"""Judge one sentence of law: duty, prohibition, duty to report, or nothing that is demanded."""

from dataclasses import dataclass

from tillitsrom.reading.clauses import after_adverbs, head_of
from tillitsrom.reading.laws.bearers import bearer_of
from tillitsrom.reading.laws.sentence import LONGEST, Demand, agent, demands
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.words import pattern, wordlist

_TEXT_SUBJECT = pattern(
    r"^\W*(?:(?:denne|dette|disse|desse|den|det)\s+)?(?:lov(?:en|a)?|forskrift(?:en|a|er)?|bestemmels\w+|føresegn\w*|regl\w+|kapit\w+|paragraf\w*|formål\w*|føremål\w*|§+)\b"
)
_NO_DUTY = pattern(
    r"^\s*(?:\S+\s+){0,6}?(?:ansees|anses|anses\s+som|regnes|reknes|reknast|reknes|rekne|forstås|forståast|sjåast\s+som|gjelde|gjeld|lyde|tre\s+i\s+kraft|kunne|ha\s+rett|ha\s+krav|ha\s+adgang|ha\s+høve|få\s+anledning|få\s+høve|være\s+til\s+hinder|vere\s+til\s+hinder|likestilles|likestillast|ha\s+virkning|ha\s+verknad|omfattes|omfattast)\b"
)
_CONDITION = pattern(
    r"^\W*(?:for\s+(?:å|at)|som\s+vilkår|vilkår)\b|\bfor\s+(?:å\s+(?:få|ha|kunne|bli)|at)\b|\bvære\s+oppfylt|\bvere\s+oppfyl"
)
_REPORTS = pattern(
    r"\b(?:meld(?:e|es|ast)|melde\s+fra|melde\s+frå|rapporter\w*|innrapporter\w*|innberett\w*|varsl(?:e|es|ast)|underrett(?:e|es|ast)|orienter(?:e|es|ast)|informer(?:e|es|ast)|opplys(?:e|es|ast)|dokumenter(?:e|es|ast)"
    r"|oversend(?:e|es|ast)|innsend(?:e|es|ast)|send(?:e|es|ast)|lever(?:e|es|ast)|(?:legg(?:e|es|ast)|leggje|leggjast)\s+fr[ae]m|fr[ae]mlegg\w+|gjere\s+greie|gjøre\s+rede|gjøre\s+greie|redegjør\w*|gi(?:s|r|tt)?\s+(?:\w+\s+){0,4}?(?:melding|opplysning\w*|underretning|beskjed|informasjon|varsel|oversikt|uttalelse)"
    r"|gje(?:v|vast)?\s+(?:\w+\s+){0,4}?(?:melding|opplysning\w*|beskjed|informasjon|varsel)|gis\s+melding|sende\s+inn|kunngjør\w*|kunngjer\w*|avgi\s+(?:\w+\s+){0,2}?(?:beretning|uttalelse|rapport|melding)|\w*opplysningsplikt\w*|meldeplikt\w*)\b"
)
_RESPONSIBLE = ("ansvar", "påhvil", "pålig", "tillig", "kviler")
_STATES = wordlist("være vere bli verte ha")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence demands. `bearer` is None where the sentence does not say who; `sure` is 0–1."""

    kind: RequirementClass
    rule: str
    sure: float
    bearer: str | None


def judge(plain: str) -> Verdict | None:
    """The verdict on a sentence without markup, or None when it demands nothing."""
    low = plain[:LONGEST].lower()
    for demand in demands(low):
        verdict = _judged(low, demand)
        if verdict is not None:
            return verdict
    return None


def _judged(low: str, demand: Demand) -> Verdict | None:
    subject = head_of(demand.subject) if not demand.inverted else after_adverbs(demand.subject)
    if demand.word == "kan":
        return None if not (demand.denied or demand.nobody) else _room_denied(demand, subject)
    if _TEXT_SUBJECT.match(subject) or _NO_DUTY.match(demand.after):
        return None
    if demand.word == "må" and _CONDITION.search(low):
        return None
    bearer = _bearer(demand)
    denied = demand.denied or demand.nobody
    kind = _kind(low, denied)
    rule, sure = _rule(demand, bearer)
    return Verdict(kind, rule, sure, bearer)


def _room_denied(demand: Demand, subject: str) -> Verdict | None:
    bearer = _bearer(demand)
    if bearer is None or demand.passive:
        return None
    return Verdict(RequirementClass.PROHIBITION, "law_may_not", 0.75, bearer)


def _kind(low: str, denied: bool) -> RequirementClass:
    if denied:
        return RequirementClass.PROHIBITION
    return RequirementClass.REPORTING if _REPORTS.search(low) else RequirementClass.DUTY


def _rule(demand: Demand, bearer: str | None) -> tuple[str, float]:
    if any(part in demand.word for part in _RESPONSIBLE):
        return "law_responsible", 0.85
    if bearer and not demand.passive:
        return "law_bearer", 0.95
    if demand.passive:
        return "law_passive", 0.85
    if demand.verb in _STATES:
        return "law_state", 0.7
    return "law_thing", 0.75


def _bearer(demand: Demand) -> str | None:
    if demand.passive:
        done_by = agent(demand.after)
        named = bearer_of(head_of(done_by)) if done_by else None
        if named:
            return named
        # What is done to someone is not that one's duty.
        return None
    if demand.inverted:
        return _first_named(demand.subject)
    return bearer_of(head_of(demand.subject)) or _relative(demand.subject)


def _relative(subject: str) -> str | None:
    return (
        bearer_of(subject[:60]) if subject.startswith(("den som", "dei som", "de som", "alle som")) else None
    )


def _first_named(after: str) -> str | None:
    """The subject right after the verb: a noun phrase at the very beginning."""
    return bearer_of(head_of(after_adverbs(after)))
