"""The agreements of the demo: both bodies have a local agreement in force, and one negotiates the next."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tillitsrom.people.models import Membership, Organisation, Party, Role, User
from tillitsrom.rulesets import actions
from tillitsrom.rulesets.models import AgreementLevel, AgreementParty, LocalAgreement

from .telling import dated, read

if TYPE_CHECKING:
    from .loader import Places


def load(places: "Places", people: dict[str, User], password: str) -> None:
    """People who speak for parties, the agreement areas, the agreements with their signatures."""
    story = read("rulesets.yaml")
    for row in story["people"]:
        people[row["email"]] = _person(row, places.organisations[row["organisation"]], password)
    for row in story["areas"]:
        with dated(row["since"]):
            actions.choose_area(
                actor=people[row["by"]],
                organisation=places.organisations[row["organisation"]],
                code=row["code"],
                since=row["since"],
            )
    for row in story["agreements"]:
        _agreement(row, places, people)


def _party(organisation: Organisation, name: str, side: str) -> Party:
    return Party.objects.get_or_create(organisation=organisation, name=name, defaults={"side": side})[0]


def _person(row: dict[str, Any], organisation: Organisation, password: str) -> User:
    person = User.objects.create_user(row["email"], row["name"], password)
    Membership.objects.create(
        user=person,
        organisation=organisation,
        role=Role(row["role"]),
        party=_party(organisation, row["party"], row["side"]),
        valid_from=date(2023, 1, 1),
    )
    return person


def _agreement(row: dict[str, Any], places: "Places", people: dict[str, User]) -> LocalAgreement:
    """Begin, sign and evaluate one agreement on the days of the story, and begin the next where the story has one."""
    organisation = places.organisations[row["organisation"]]
    if "employer" in row:
        _party(organisation, row["employer"], Party.Side.EMPLOYER)
    parties = {one.name: one for one in Party.objects.filter(organisation=organisation)}
    with dated(row["signed"]):
        made = actions.begin(
            actor=people[row["by"]], organisation=organisation, draft=_draft(row, places, parties)
        )
        for name, signer in row["signers"].items():
            made = actions.sign(
                actor=people[signer], agreement=made, version=made.version, party=parties[name]
            )
    AgreementParty.objects.filter(agreement=made).update(signed_on=row["signed"])
    with dated(row["evaluated"]["on"]):
        made = actions.evaluate(
            actor=people[row["evaluated"]["by"]],
            agreement=made,
            version=made.version,
            reason=row["evaluated"]["reason"],
        )
    if "renew" in row:
        with dated(row["renew"]["on"]):
            actor = people[row["renew"]["by"]]
            following = actions.renegotiate(actor=actor, agreement=made, version=made.version)
            actions.sign(
                actor=actor,
                agreement=following,
                version=following.version,
                party=parties[row["renew"]["signs"]],
            )
        AgreementParty.objects.filter(agreement=following, signed_on__isnull=False).update(
            signed_on=row["renew"]["on"]
        )
    return made


def _draft(row: dict[str, Any], places: "Places", parties: dict[str, Party]) -> actions.Draft:
    fields = ("rule_set", "title", "text", "valid_from", "notice_days", "document_days", "minutes_days")
    levels = [actions.Level(AgreementLevel.Kind.ENTERPRISE, None)]
    levels += [actions.Level(one["kind"], places.units[one["unit"]]) for one in row["levels"]]
    return actions.Draft(
        values={name: row[name] for name in (*fields, "evaluation_months")},
        parties=tuple(parties[name] for name in row["signers"]),
        levels=tuple(levels),
        wheel=tuple(actions.Point(one["month"], one["form"], one["what"]) for one in row["wheel"]),
    )
