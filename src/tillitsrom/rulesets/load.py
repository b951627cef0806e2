"""Reads the rule sets from `data/*.yaml`, strictly: a statement without source, status and validity is an error with its place."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from .schema import (
    Body,
    CaseForm,
    Defaults,
    FormInfo,
    House,
    Minutes,
    MinutesKind,
    Path,
    PathStep,
    Provision,
    Question,
    Rule,
    RuleSet,
    Statute,
    Text,
)

AREAS = ("state", "ks", "oslo", "spekter", "law")
STATUSES = ("verified", "unverified")
WRITERS = ("employer", "committee", "both")
SIDES = ("employer", "employees")
DECIDERS = ("employer", "committee", "board", "ministry", "council", "agreement")
# What a provision of law says in place of a rule's id: the area's own fallback.
FALLBACK = "fallback"
UNKNOWN = "unknown"
_PROVISION = ("section", "source", "status", "valid_from", "valid_to")
_PROVISION_MAY = ("edition", "note")


class DataError(ValueError):
    """A file of rules says something that cannot be meant. The message names the file and the place."""


def _fail(where: str, message: str) -> DataError:
    return DataError(f"{where}: {message}")


def _keys(row: Any, where: str, must: Iterable[str], may: Iterable[str] = ()) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise _fail(where, "expected names with values")
    missing = [key for key in must if key not in row]
    unknown = sorted(set(row) - set(must) - set(may))
    if missing or unknown:
        raise _fail(where, f"missing {missing or 'nothing'}, unknown {unknown or 'nothing'}")
    return row


def _text(value: Any, where: str) -> Text:
    row = _keys(value, where, ("nb", "nn", "en"))
    if not all(isinstance(one, str) and one.strip() for one in row.values()):
        raise _fail(where, "each of nb, nn and en must be a text")
    return Text(**{key: " ".join(one.split()) for key, one in row.items()})


def _maybe_text(value: Any, where: str) -> Text | None:
    return None if value is None else _text(value, where)


def _one_of(value: Any, allowed: Iterable[str], where: str) -> str:
    if value not in tuple(allowed):
        raise _fail(where, f"{value!r} is none of {', '.join(allowed)}")
    return str(value)


def _day(value: Any, where: str) -> date | None:
    if value is None or value == UNKNOWN:
        return None
    if not isinstance(value, date):
        raise _fail(where, f"{value!r} is no date")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _fail(where, "expected a list")
    return value


def _provision(row: Mapping[str, Any], where: str) -> Provision:
    sources = _list(row["source"], where)
    if not sources or not all(isinstance(one, str) and one for one in sources):
        raise _fail(where, "source must be a list of references or addresses")
    status = _one_of(row["status"], STATUSES, where)
    start = _day(row["valid_from"], where)
    if row["valid_from"] is None:
        raise _fail(where, f"valid_from is a date, or {UNKNOWN!r} where nobody knows")
    if start is None and status == "verified":
        raise _fail(where, "what holds from an unknown day is not verified")
    end = _day(row["valid_to"], where)
    if start and end and end < start:
        raise _fail(where, "valid_to is before valid_from")
    return Provision(
        section=str(row["section"] or ""),
        sources=tuple(sources),
        verified=status == "verified",
        valid_from=start,
        valid_to=end,
        edition=str(row.get("edition") or ""),
        note=_maybe_text(row.get("note"), where),
    )


def _by_id(rows: Any, where: str) -> dict[str, tuple[Any, str]]:
    found: dict[str, tuple[Any, str]] = {}
    for row in _list(rows, where):
        name = row.get("id") if isinstance(row, dict) else None
        if not isinstance(name, str) or not name:
            raise _fail(where, "every entry needs an id")
        if name in found:
            raise _fail(where, f"{name} stands twice")
        found[name] = (row, f"{where} › {name}")
    return found


def _question(row: Any, where: str) -> Question:
    _keys(row, where, ("id", "text"), ("help",))
    return Question(row["id"], _text(row["text"], where), _maybe_text(row.get("help"), where))


_RULE_MUST = ("id", "title", "form", "reason", *_PROVISION)
_RULE_MAY = ("topic", "conditions", "unless", "otherwise", "steps", "timing", *_PROVISION_MAY)


def _rule(row: Any, where: str, *, statute: bool = False) -> Rule:
    _keys(row, where, _RULE_MUST, _RULE_MAY)
    rule = Rule(
        id=row["id"],
        title=_text(row["title"], where),
        topic=bool(row.get("topic", True)),
        form=CaseForm(_one_of(row["form"], CaseForm.values, where)),
        conditions=tuple(_list(row.get("conditions"), where)),
        unless=tuple(_list(row.get("unless"), where)),
        otherwise=row.get("otherwise") or "",
        steps=tuple(CaseForm(_one_of(one, CaseForm.values, where)) for one in _list(row.get("steps"), where)),
        reason=_text(row["reason"], where),
        timing=_maybe_text(row.get("timing"), where),
        statute=statute,
        provision=_provision(row, where),
    )
    if bool(rule.conditions or rule.unless) != bool(rule.otherwise):
        raise _fail(where, "a rule with questions says what holds otherwise, and no other rule does")
    return rule


def _minutes(row: Any, where: str) -> Minutes:
    must = ("form", "kind", "written_by", "approved", "signed", "signers", "text", *_PROVISION)
    _keys(row, where, must, _PROVISION_MAY)
    if row["signed"] != bool(row["signers"]):
        raise _fail(where, "signers are named where it is signed, and only there")
    return Minutes(
        form=CaseForm(_one_of(row["form"], CaseForm.values, where)),
        kind=MinutesKind(_one_of(row["kind"], MinutesKind.values, where)),
        written_by=_one_of(row["written_by"], WRITERS, where),
        approved=bool(row["approved"]),
        signed=bool(row["signed"]),
        signers=tuple(_one_of(one, SIDES, where) for one in row["signers"]),
        text=_text(row["text"], where),
        provision=_provision(row, where),
    )


def _steps(rows: Any, where: str) -> tuple[PathStep, ...]:
    found = []
    for row in _list(rows, where):
        _keys(row, where, ("code", "by", "text"))
        found.append(PathStep(row["code"], row["by"], _text(row["text"], f"{where} › {row['code']}")))
    return tuple(found)


def _path(row: Any, where: str) -> Path:
    must = ("form", "decides", "discuss_again", "steps", *_PROVISION)
    _keys(row, where, must, ("exceptions", *_PROVISION_MAY))
    steps = _steps(row["steps"], where)
    if not steps:
        raise _fail(where, "a path needs at least one step")
    return Path(
        form=CaseForm(_one_of(row["form"], CaseForm.values, where)),
        decides=_one_of(row["decides"], DECIDERS, where),
        discuss_again=bool(row["discuss_again"]),
        steps=steps,
        exceptions=_steps(row.get("exceptions"), where),
        provision=_provision(row, where),
    )


def _form_info(row: Any, where: str) -> FormInfo:
    _keys(row, where, ("form", "purpose", *_PROVISION), _PROVISION_MAY)
    form = CaseForm(_one_of(row["form"], CaseForm.values, where))
    return FormInfo(form, _text(row["purpose"], where), _provision(row, where))


def _body(row: Any, where: str) -> Body:
    _keys(row, where, ("id", "name", "text", *_PROVISION), _PROVISION_MAY)
    return Body(row["id"], _text(row["name"], where), _text(row["text"], where), _provision(row, where))


_AREA_MUST = ("code", "name", "applies_to", "local_name", "levels", "forms", "questions", "rules", "fallback", "minutes",
              "paths", *_PROVISION)  # fmt: skip
_AREA_MAY = ("renewal", "continues", "local_expires_with_it", "bodies", *_PROVISION_MAY)


def area_from(raw: Any, where: str, statutes: Mapping[str, Rule], asked: Mapping[str, Question]) -> RuleSet:
    """One rule set from its file; `statutes` and `asked` are the rules and questions of law that hold there too."""
    _keys(raw, where, _AREA_MUST, _AREA_MAY)
    own = {name: _rule(*at) for name, at in _by_id(raw["rules"], where).items()}
    questions = {name: _question(*at) for name, at in _by_id(raw["questions"], where).items()}
    forms = [_form_info(row, f"{where} › forms") for row in _list(raw["forms"], where)]
    minutes = [_minutes(row, f"{where} › minutes") for row in _list(raw["minutes"], where)]
    paths = [_path(row, f"{where} › paths") for row in _list(raw["paths"], where)]
    found = RuleSet(
        code=raw["code"],
        name=_text(raw["name"], where),
        applies_to=_text(raw["applies_to"], where),
        local_name=_text(raw["local_name"], where),
        levels=tuple(_list(raw["levels"], where)),
        provision=_provision(raw, where),
        renewal=_maybe_text(raw.get("renewal"), where),
        continues=_maybe_text(raw.get("continues"), where),
        local_expires_with_it=bool(raw.get("local_expires_with_it", False)),
        forms={one.form: one for one in forms},
        questions={**asked, **questions},
        rules={**own, **statutes},
        fallback=raw["fallback"],
        minutes={one.form: one for one in minutes},
        paths={one.form: one for one in paths},
        bodies=tuple(_body(*at) for at in _by_id(raw.get("bodies"), where).values()),
    )
    _check(found, where)
    return found


def _check(found: RuleSet, where: str) -> None:
    """That everything named is there, that no rule points in a ring, and that every form has minutes and a path."""
    if found.fallback not in found.rules:
        raise _fail(where, f"the fallback {found.fallback} is no rule")
    for rule in found.rules.values():
        for name in (*rule.conditions, *rule.unless):
            if name not in found.questions:
                raise _fail(where, f"{rule.id} asks {name}, which is no question")
        seen, at = {rule.id}, rule
        while at.otherwise:
            if at.otherwise not in found.rules or at.otherwise in seen:
                raise _fail(where, f"{rule.id} leads to {at.otherwise}, which is no rule or a ring")
            at = found.rules[at.otherwise]
            seen.add(at.id)
        if rule.form not in found.minutes or rule.form not in found.paths or rule.form not in found.forms:
            raise _fail(where, f"{rule.id} has form {rule.form}, which lacks a purpose, minutes or a path")


def _statute_rule(row: Mapping[str, Any], where: str, area: Mapping[str, Any]) -> Rule | None:
    """The classifier's part of a provision, for those that say what form a matter has."""
    part = row.get("matter")
    if part is None:
        return None
    _keys(part, where, ("form", "reason", "title"), ("conditions", "unless", "otherwise", "timing", "topic"))
    shared = {key: row[key] for key in (*_PROVISION, *_PROVISION_MAY) if key in row}
    found = {**part, "id": row["id"], **shared}
    if found.get("otherwise") == FALLBACK:
        found["otherwise"] = area.get("fallback")
    return _rule(found, where, statute=True)


def _statute(row: Any, where: str) -> Statute:
    _keys(
        row,
        where,
        ("id", "title", "duty", "when", "areas", *_PROVISION),
        ("numbers", "matter", *_PROVISION_MAY),
    )
    numbers = row.get("numbers") or {}
    if not all(isinstance(one, int) for one in numbers.values()):
        raise _fail(where, "numbers are whole numbers")
    return Statute(
        id=row["id"],
        title=_text(row["title"], where),
        duty=_text(row["duty"], where),
        when=_text(row["when"], where),
        numbers=dict(numbers),
        areas=tuple(_one_of(one, AREAS, where) for one in _list(row["areas"], where)),
        provision=_provision(row, where),
    )


def _raw(name: str) -> Any:
    text = resources.files("tillitsrom.rulesets").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return yaml.safe_load(text)


@cache
def statutes() -> Mapping[str, Statute]:
    """The provisions of law, by id."""
    where = "statutes.yaml"
    return {name: _statute(*at) for name, at in _by_id(_raw("statutes")["statutes"], where).items()}


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """Every agreement area, by code."""
    raw, where = _raw("statutes"), "statutes.yaml"
    asked = {name: _question(*at) for name, at in _by_id(raw["questions"], where).items()}
    rows = _by_id(raw["statutes"], where)
    found = {}
    for code in AREAS:
        area = _raw(code)
        here = {
            name: rule
            for name, (row, at) in rows.items()
            if code in statutes()[name].areas and (rule := _statute_rule(row, at, area)) is not None
        }
        wanted = {name for rule in here.values() for name in (*rule.conditions, *rule.unless)}
        used = {name: question for name, question in asked.items() if name in wanted}
        found[code] = area_from(area, f"{code}.yaml", here, used)
    return found


@cache
def defaults() -> Defaults:
    """The days that hold where nothing is agreed locally."""
    row = _keys(
        _raw("defaults"), "defaults.yaml",
        ("notice_days", "document_days", "minutes_days", "evaluation_months", "note"),
    )  # fmt: skip
    return Defaults(**{**row, "note": _text(row["note"], "defaults.yaml")})


@cache
def house() -> House:
    """The house rules of the cooperation."""
    row = _keys(_raw("house"), "house.yaml", ("told_before_days", "figures_days", "note"))
    return House(**{**row, "note": _text(row["note"], "house.yaml")})
