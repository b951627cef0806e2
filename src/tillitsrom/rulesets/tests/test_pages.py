"""The pages of agreements: rules without a log-in, the questions one by one, and an agreement written and signed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tillitsrom.core.models import Openness
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with
from tillitsrom.rulesets import load
from tillitsrom.rulesets.models import AreaChoice, LocalAgreement
from tillitsrom.rulesets.shown import source_of
from tillitsrom.web.desk import sections

from .factories import TODAY, agreement, body

pytestmark = pytest.mark.django_db
FORM = reverse("agreements:which_form")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("code", load.AREAS)
def test_every_rule_is_shown_with_its_source_and_whether_it_is_confirmed(client, code):
    page = client.get(reverse("agreements:area", args=[code])).content.decode()
    for rule in load.rule_sets()[code].rules.values():
        assert f'id="{rule.id}"' in page
        for one in rule.provision.sources:
            assert source_of(one).url in page
    assert "Ikke bekreftet" in page


def test_an_area_that_does_not_exist(client):
    assert client.get("/avtaler/omrade/moon/").status_code == 404


@pytest.mark.parametrize(
    ("reference", "label", "url"),
    [
        (
            "lov-2005-06-17-62 § 9-2",
            "lov 2005-06-17-62 § 9-2",
            "https://lovdata.no/lov/2005-06-17-62/%C2%A79-2",
        ),
        (
            "lov-2005-06-17-62 § 14-14 a",
            "lov 2005-06-17-62 § 14-14 a",
            "https://lovdata.no/lov/2005-06-17-62/%C2%A714-14a",
        ),
        ("https://www.ks.no/a/", "ks.no", "https://www.ks.no/a/"),
    ],
)
def test_sources_are_links(reference, label, url):
    found = source_of(reference)
    assert (found.label, found.url) == (label, url)


def test_the_questions_come_one_by_one_and_end_in_an_answer(client):
    state = load.rule_sets()["state"]
    query = {"area": "state", "topic": "STAT-19-2A", "asked": "1"}
    for name in ("chart", "six_months", "redeployment"):
        page = client.get(FORM, query)
        assert page.context["question"].id == name
        assert str(state.questions[name].text) in page.content.decode()
        query[name] = "yes"
    page = client.get(FORM, query)
    assert page.context["found"].rule_id == "STAT-19-2A"
    assert state.rules["STAT-19-2A"].reason.nb in page.content.decode()
    assert "Bekreftet" in page.content.decode()
    again = page.context["given"][1].again
    assert client.get(again).context["question"].id == "six_months"


def test_no_topic_at_all_still_gets_an_answer(client):
    page = client.get(FORM, {"area": "law", "asked": "1"})
    assert page.context["found"].rule_id == "LAW-REST"
    assert "Forslag:" in page.content.decode()


def test_what_is_not_in_the_rules_is_left_out_of_the_address(client):
    page = client.get(FORM, {"area": "moon", "topic": "<script>", "asked": "1", "chart": "perhaps"})
    assert page.status_code == 200
    assert page.context["chosen"] == []
    assert "<script>" not in page.content.decode()


def test_the_form_begins_with_the_readers_own_agreement():
    where = body()
    assert signed_in(where.manager).get(FORM).context["area"].code == "ks"


def test_the_area_is_chosen():
    where = body()
    url = reverse("agreements:choose_area", args=[where.organisation.pk])
    client = signed_in(where.representative)
    assert client.post(url, {"code": "oslo", "since": "i går"}).status_code == 422
    assert client.post(url, {"code": "oslo", "since": "2026-01-01"}).status_code == 302
    assert AreaChoice.objects.get().code == "oslo"
    assert client.post(url, {"code": "ks", "since": "2026-01-01"}).status_code == 422
    assert (
        "siden 1. januar 2026"
        in client.get(reverse("agreements:organisation", args=[where.organisation.pk])).content.decode()
    )


def sent(where, **changes):
    lines: dict[str, Any] = {"wheel-TOTAL_FORMS": 2, "wheel-INITIAL_FORMS": 0}
    lines |= {"wheel-0-what": "Deltid", "wheel-0-month": 2, "wheel-0-form": "discussion"}
    return {
        "title": "Lokal avtale", "rule_set": "ks", "parties": [one.pk for one in where.parties],
        "valid_from": TODAY().isoformat(), "notice_days": 10, "document_days": 5, "minutes_days": 7,
        "evaluation_months": 12, "openness": "open", "text": "", "version": 1, **lines, **changes,
    }  # fmt: skip


def test_an_agreement_is_written_and_signed_by_all():
    where = body()
    unit = UnitFactory.create(organisation=where.organisation)
    url = reverse("agreements:begin", args=[where.organisation.pk])
    answer = signed_in(where.representative).post(url, sent(where, **{f"level_{unit.pk}": "driftsenhet"}))
    assert answer.status_code == 302
    row = LocalAgreement.objects.get()
    assert answer["Location"] == reverse("agreements:local", args=[row.pk])
    assert [one.what for one in row.wheel.all()] == ["Deltid"]
    assert {one.unit for one in row.levels.all()} == {None, unit}
    for person, party in where.signers:
        assert [one.key for one in sections(person, TODAY())] == ["agreements"]
        page = signed_in(person).get(answer["Location"]).content.decode()
        assert f"Signer for {party.name}" in page
        url = reverse("agreements:sign", args=[row.pk, party.pk])
        assert signed_in(person).post(url, {"version": row.version}).status_code == 302
        assert sections(person, TODAY()) == []
    row.refresh_from_db()
    assert row.status == "in_force"
    public = Client().get(answer["Location"])
    assert public.status_code == 200
    assert where.manager.name not in public.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"document_days": 20}, "Dokumentene kan ikke sendes"), ({"parties": []}, "minst én fagforening"),
        ({"wheel-1-what": "Budsjett"}, "Velg en for linjen"), ({"wheel-1-month": 3}, "tøm linjen"),
        ({"openness": "exempt"}, "Velg paragrafen"), ({"valid_from": "snart"}, "ikke en dato"),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_is_said_beside_what_was_typed(changes, said):
    where = body()
    url = reverse("agreements:begin", args=[where.organisation.pk])
    answer = signed_in(where.manager).post(url, sent(where, title="Min tittel", **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Min tittel" in answer.content.decode()
    assert not LocalAgreement.objects.exists()


def test_two_who_write_at_once_see_what_the_other_saved():
    where = body()
    row = agreement(where)
    url = reverse("agreements:edit", args=[row.pk])
    assert signed_in(where.manager).post(url, sent(where, title="Lederens")).status_code == 302
    answer = signed_in(where.representative).post(url, sent(where, title="Den tillitsvalgtes"))
    assert answer.status_code == 409
    assert "Lederens" in answer.content.decode()
    assert "Den tillitsvalgtes" in answer.content.decode()
    row.refresh_from_db()
    assert row.title == "Lederens"


def test_signing_what_has_been_changed_is_stopped():
    where = body()
    row = agreement(where)
    url = reverse("agreements:sign", args=[row.pk, where.union.pk])
    answer = signed_in(where.representative).post(url, {"version": 99})
    assert answer.status_code == 409
    assert signed_in(where.manager).post(url, {"version": 1}).status_code == 403


def test_evaluating_ending_and_beginning_anew():
    where = body()
    row = agreement(where, "in_force")
    client = signed_in(where.representative)

    def step(action, **data):
        return client.post(reverse("agreements:advance", args=[row.pk, action]), data)

    assert step("evaluate", **{"evaluate-version": row.version, "evaluate-reason": ""}).status_code == 422
    stopped = step("evaluate", **{"evaluate-version": 77, "evaluate-reason": "Det virker."})
    assert stopped.status_code == 409
    assert "Det virker." in stopped.content.decode()
    assert step("evaluate", **{"evaluate-version": row.version, "evaluate-reason": "Bra."}).status_code == 302
    row.refresh_from_db()
    made = step("renegotiate", version=row.version)
    new = LocalAgreement.objects.get(status="negotiating")
    assert made["Location"] == reverse("agreements:edit", args=[new.pk])
    assert (
        step("terminate", **{"terminate-version": row.version, "terminate-reason": "Nei"}).status_code == 302
    )
    assert step("fly").status_code == 404
    assert step("evaluate", **{"evaluate-version": 1, "evaluate-reason": "x"}).status_code == 409


def test_an_exempt_agreement_shows_neither_itself_nor_its_days():
    where = body()
    row = agreement(where, "in_force", title="Hemmelig avtale", notice_days=37)
    exempt = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-23-1", "exempt_review_on": TODAY()}
    LocalAgreement.objects.filter(pk=row.pk).update(**exempt)
    place = reverse("agreements:organisation", args=[where.organisation.pk])
    outsider = signed_in(person_with(Role.MANAGER, OrganisationFactory.create()))
    for reader in (Client(), outsider):
        assert reader.get(reverse("agreements:local", args=[row.pk])).status_code == 404
        for url in (place, reverse("agreements:overview")):
            shown = reader.get(url).content.decode()
            assert "Hemmelig avtale" not in shown
            assert "37 dager" not in shown
    assert "37 dager" in signed_in(where.manager).get(place).content.decode()
