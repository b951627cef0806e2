"""Who may do what with a local agreement: every cell of role × place × step, written down here and not read from the rules."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Membership, Party, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.rulesets import actions, rules
from tillitsrom.rulesets.lifecycle import LOCAL_AGREEMENT, only_the_system
from tillitsrom.rulesets.models import LocalAgreement

from .factories import TODAY, Body, agreement, body, draft, spokesperson

pytestmark = pytest.mark.django_db

CELLS = [("anonymous", "nowhere"), *((role, place) for role in Role.values for place in ("own", "unrelated"))]
SIDE_STEPS = {"evaluate", "renegotiate", "terminate"}
# The whole of what is allowed; every cell that is not here is refused. A representative of a union that is no party to the
# agreement writes and ends it as the others of its side, and signs for nobody.
ALLOWED = {
    ("manager", "own"): {"edit", "sign", *SIDE_STEPS},
    ("union_representative", "own"): {"edit", *SIDE_STEPS},
    ("coordinator", "own"): {"edit"},
}
STATES = LocalAgreement.Status.values


def _actor(role: str, place: str, where: Body) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    return person_with(role, where.organisation if place == "own" else OrganisationFactory.create())


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize(("role", "place"), CELLS)
def test_every_step_from_every_state(role, place, status):
    where = body()
    row = agreement(where, status)
    assert row.status == status
    actor = _actor(role, place, where)
    may = ALLOWED.get((role, place), set())
    for transition in LOCAL_AGREEMENT.transitions:
        if transition.source != status:
            continue
        assert bool(transition.rule(actor, row)) == (transition.action in may), transition
        assert transition.rule(actor, row).reason
    if isinstance(actor, AnonymousUser):
        return
    sources = {(t.source, t.action) for t in LOCAL_AGREEMENT.transitions if t.rule is not only_the_system}
    for action in ("edit", "sign", *sorted(SIDE_STEPS)):
        if (status, action) not in sources:
            with pytest.raises(WrongState):
                _do(action, actor, row, where)
        elif action not in may:
            with pytest.raises(Refused):
                _do(action, actor, row, where)


def _do(action, actor, row, where):
    known = {"actor": actor, "agreement": row, "version": row.version}
    if action == "edit":
        return actions.edit(**known, draft=draft(where))
    if action == "sign":
        return actions.sign(**known, party=where.employer)
    if action == "renegotiate":
        return actions.renegotiate(**known)
    return getattr(actions, action)(**known, reason="Fordi.")


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_beginning_and_choosing_the_area(role, place):
    where = body()
    actor = _actor(role, place, where)
    allowed = bool(rules.may_keep_in(actor, where.organisation))
    assert allowed == ((role, place) in ALLOWED)
    if isinstance(actor, AnonymousUser):
        return
    if not allowed:
        with pytest.raises(Refused):
            actions.begin(actor=actor, organisation=where.organisation, draft=draft(where))
        with pytest.raises(Refused):
            actions.choose_area(actor=actor, organisation=where.organisation, code="ks", since=TODAY())
    else:
        assert actions.begin(actor=actor, organisation=where.organisation, draft=draft(where)).pk
        assert actions.choose_area(actor=actor, organisation=where.organisation, code="ks", since=TODAY()).pk


PARTIES = ("employer", "union", "second")
# Who may sign for whom: the manager of the whole for the employer, each union's own representative for it.
SIGNERS = {("manager", "employer"), ("representative", "union"), ("other", "second")}


@pytest.mark.parametrize("signer", ["manager", "representative", "other"])
@pytest.mark.parametrize("party", PARTIES)
def test_who_may_sign_for_whom(signer, party):
    where = body()
    row = agreement(where)
    known = {"actor": getattr(where, signer), "agreement": row, "version": row.version}
    if (signer, party) in SIGNERS:
        actions.sign(**known, party=getattr(where, party))
        assert row.parties.get(party=getattr(where, party)).signed_by == getattr(where, signer)
    else:
        with pytest.raises(Refused):
            actions.sign(**known, party=getattr(where, party))
        assert not row.parties.filter(signed_on__isnull=False).exists()


def test_a_membership_that_has_ended_signs_for_nobody():
    where = body()
    Membership.objects.filter(party=where.union).update(valid_from="2020-01-01", valid_to="2021-01-01")
    row = agreement(where)
    assert not rules.may_sign(where.representative, row.parties.get(party=where.union))
    with pytest.raises(Refused):
        actions.sign(actor=where.representative, agreement=row, version=row.version, party=where.union)


def test_a_manager_of_one_unit_signs_only_where_set_to_speak_for_the_employer():
    where = body()
    unit = where.organisation.units.create(name="Skolen")
    person = person_with(Role.MANAGER, where.organisation)
    Membership.objects.filter(user=person).update(unit=unit)
    row = agreement(where)
    assert not rules.speaks_for(person, where.employer, TODAY())
    Membership.objects.filter(user=person).update(party=where.employer)
    assert rules.may_sign(person, row.parties.get(party=where.employer))


def test_a_representative_of_another_union_is_no_signer():
    where = body()
    third = Party.objects.create(organisation=where.organisation, side=Party.Side.EMPLOYEES, name="FO")
    row = agreement(where)
    assert not rules.may_sign_some(spokesperson(where.organisation, third), row)


SEEN_BY_ALL = {"in_force", "evaluated", "replaced"}


@pytest.mark.parametrize("openness", Openness.values)
@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize(("role", "place"), CELLS)
def test_the_gate(role, place, status, openness):
    where = body()
    row = agreement(where, status)
    exempt = {"openness": openness, "exempt_ground": "OFFL-15-1", "exempt_review_on": TODAY()}
    LocalAgreement.objects.filter(pk=row.pk).update(**exempt)
    actor = _actor(role, place, where)
    own = place == "own" and role != Role.SYSTEM_ADMINISTRATOR
    seen = rules.visible_to(actor).filter(pk=row.pk).exists()
    assert seen == (own or (status in SEEN_BY_ALL and openness == Openness.OPEN))
