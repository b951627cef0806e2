"""The review's pages: every answer as a plain form and through htmx, and what two reviewers at once get."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from tillitsrom.core.decisions import Conflict
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import document_queries as queries
from tillitsrom.register.actions import review
from tillitsrom.register.models import Candidate, Requirement
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def candidate():
    return CandidateFactory.create()


@pytest.fixture
def manager(candidate):
    return person_with("manager", candidate.document.addressee)


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def page(document) -> str:
    return reverse("documents:review", args=[document.pk])


def answer(candidate, action: str) -> str:
    return reverse("documents:candidate_answer", args=[candidate.pk, action])


def text_of(response) -> str:
    return str(response.content.decode())


def test_the_page_shows_the_text_the_candidates_and_where_the_review_stands(signed_in, candidate):
    CandidateFactory.create(document=candidate.document, start=52, end=99, confidence=0.5)
    html = text_of(signed_in.get(page(candidate.document)))
    assert f'href="#forslag-{candidate.pk}"' in html
    assert f'id="forslag-{candidate.pk}"' in html
    assert f'data-mark="mark-{candidate.pk}"' in html
    assert html.count('class="tr-candidate"') == 2
    for key in "aresm?":
        assert f'data-key="{key}"' in html


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_an_answer_as_a_plain_form_goes_on_with_the_next(signed_in, candidate, action, status):
    following = CandidateFactory.create(document=candidate.document, start=52, end=99)
    response = signed_in.post(answer(candidate, action), {"version": 1, "tilbake": "vis=venter&klasse=&x=1"})
    assert response.headers["Location"] == (
        f"{page(candidate.document)}?vis=venter&sist={candidate.pk}#forslag-{following.pk}"
    )
    candidate.refresh_from_db()
    assert candidate.status == status
    html = text_of(signed_in.get(response.headers["Location"].split("#")[0]))
    assert answer(candidate, "undo") in html, "the last answer can be taken back from the page"


def test_an_answer_through_htmx_gives_the_card_and_the_bar(signed_in, candidate):
    response = signed_in.post(answer(candidate, "accept"), {"version": 1}, headers=HTMX)
    html = text_of(response)
    assert html.count("<li") == 1
    assert 'data-state="accepted"' in html
    assert 'id="review-bar" hx-swap-oob="true"' in html
    assert f"/krav/{Requirement.objects.get().pk}/" in html
    assert "<html" not in html


def test_undo_through_htmx_makes_it_wait_again(signed_in, candidate):
    signed_in.post(answer(candidate, "accept"), {"version": 1}, headers=HTMX)
    html = text_of(signed_in.post(answer(candidate, "undo"), {"version": 2}, headers=HTMX))
    assert "data-state" not in html.split("<form")[0]
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_whoever_answers_second_is_told_and_sees_how_it_stands(signed_in, candidate, headers):
    other = person_with("coordinator", candidate.document.imposing_body)
    review.reject(actor=other, candidate=candidate, version=1)
    response = signed_in.post(answer(candidate, "accept"), {"version": 1}, headers=headers)
    html = text_of(response)
    assert response.status_code == 409
    assert 'data-state="rejected"' in html
    assert 'role="alert"' in html
    assert ("<html" in html) == (not headers)
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "99", "9" * 40])
def test_a_form_without_a_version_that_holds_is_out_of_date(signed_in, candidate, version):
    assert signed_in.post(answer(candidate, "accept"), {"version": version}).status_code == 409


def test_an_accepted_requirement_that_was_worked_on_cannot_be_undone(signed_in, candidate):
    signed_in.post(answer(candidate, "accept"), {"version": 1})
    Requirement.objects.update(version=2)
    response = signed_in.post(answer(candidate, "undo"), {"version": 2}, headers=HTMX)
    assert response.status_code == 409
    assert Requirement.objects.exists()


def test_an_unknown_answer_is_not_found_and_reading_changes_nothing(signed_in, candidate):
    assert signed_in.post(answer(candidate, "explode"), {"version": 1}).status_code == 404
    assert signed_in.get(answer(candidate, "accept")).status_code == 405


def test_editing_saves_accepts_and_keeps_what_was_typed(signed_in, candidate):
    address = reverse("documents:candidate_edit", args=[candidate.pk])
    assert 'name="deadline"' in text_of(signed_in.get(address))
    values = {
        "version": 1,
        "requirement_class": "reporting",
        "deadline": "30.6.2026",
        "addressee": "Ledelsen",
    }
    for headers in ({}, HTMX):
        wrong = signed_in.post(address, values, headers=headers)
        assert wrong.status_code == 422
        assert 'value="30.6.2026"' in text_of(wrong)
        assert f'id="deadline-{candidate.pk}_error"' in text_of(wrong)
    response = signed_in.post(address, values | {"deadline": "2026-06-30", "accept": "yes"})
    assert response.status_code == 302
    requirement = Requirement.objects.get()
    assert (requirement.requirement_class, requirement.deadline, requirement.who_acts) == (
        "reporting",
        "2026-06-30",
        "Ledelsen",
    )


def test_an_edit_that_came_second_is_told(signed_in, candidate):
    address = reverse("documents:candidate_edit", args=[candidate.pk])
    Candidate.objects.update(version=5)
    response = signed_in.post(address, {"version": 1, "requirement_class": "goal"}, headers=HTMX)
    assert response.status_code == 409
    candidate.refresh_from_db()
    assert candidate.requirement_class == "assignment"


def test_saving_and_accepting_is_one_thing(signed_in, candidate, monkeypatch):
    """Where the acceptance fails the edit is not kept either."""

    def late(**_values):
        raise Conflict("too late")

    monkeypatch.setattr(review, "accept", late)
    address = reverse("documents:candidate_edit", args=[candidate.pk])
    response = signed_in.post(address, {"version": 1, "requirement_class": "goal", "accept": "yes"})
    assert response.status_code == 409
    candidate.refresh_from_db()
    assert (candidate.requirement_class, candidate.version) == ("assignment", 1)


def test_splitting_where_a_button_stands(signed_in, candidate):
    address = reverse("documents:candidate_split", args=[candidate.pk])
    html = text_of(signed_in.get(f"{address}?ord=1"))
    points = re.findall(r'name="at" value="(\d+)"', html)
    assert len(points) == 4
    response = signed_in.post(address, {"version": 1, "at": points[0]})
    assert Candidate.objects.filter(status="pending").count() == 2
    first = Candidate.objects.filter(status="pending").earliest("start")
    assert response.headers["Location"].endswith(f"#forslag-{first.pk}")


def test_splitting_nowhere_asks_again(signed_in, candidate):
    response = signed_in.post(reverse("documents:candidate_split", args=[candidate.pk]), {"version": 1})
    assert response.status_code == 422
    assert Candidate.objects.count() == 1


def test_merging_shows_both_and_makes_one(signed_in, candidate):
    following = CandidateFactory.create(document=candidate.document, start=52, end=99)
    address = reverse("documents:candidate_merge", args=[candidate.pk])
    html = text_of(signed_in.get(address, headers=HTMX))
    assert candidate.quote in html
    assert following.quote in html
    values = {"version": 1, "other": following.pk, "other_version": 1}
    assert signed_in.post(address, values | {"other_version": 4}).status_code == 409
    assert signed_in.post(address, values).status_code == 302
    merged = Candidate.objects.get(status="pending")
    assert (merged.start, merged.end) == (candidate.start, following.end)


def test_the_last_candidate_has_nothing_to_merge_with(signed_in, candidate):
    html = text_of(signed_in.get(reverse("documents:candidate_merge", args=[candidate.pk])))
    assert 'name="other"' not in html


def test_accepting_the_sure(signed_in, candidate):
    CandidateFactory.create(document=candidate.document, start=52, end=99, confidence=0.85)
    address = reverse("documents:accept_sure", args=[candidate.document_id])
    assert signed_in.post(address, {"confidence": "0.1"}).status_code == 404, (
        "only the levels that are offered"
    )
    assert signed_in.post(address, {"confidence": "0.9"}).status_code == 302
    assert Requirement.objects.count() == 1
    signed_in.post(address, {"confidence": "0.8"})
    assert Requirement.objects.count() == 2


def test_publishing_is_offered_when_nothing_waits(signed_in, candidate):
    publish = reverse("documents:advance", args=[candidate.document_id, "publish"])
    assert publish not in text_of(signed_in.get(page(candidate.document)))
    html = text_of(signed_in.post(answer(candidate, "accept"), {"version": 1}, headers=HTMX))
    assert publish in html


@pytest.mark.parametrize("role", ["employee", "safety_delegate", "elected"])
def test_colleagues_read_but_do_not_answer(client, candidate, role):
    client.force_login(person_with(role, candidate.document.addressee))
    html = text_of(client.get(page(candidate.document)))
    assert candidate.quote in html
    assert 'data-key="a"' not in html
    assert client.post(answer(candidate, "accept"), {"version": 1}).status_code == 403
    for name in ("candidate_edit", "candidate_split", "candidate_merge"):
        assert client.get(reverse(f"documents:{name}", args=[candidate.pk])).status_code == 403


@pytest.mark.parametrize("role", ["manager", "system_administrator"])
def test_strangers_find_nothing(client, candidate, role):
    candidate.document.status = "published"
    candidate.document.save()
    place = OrganisationFactory.create() if role == "manager" else candidate.document.addressee
    client.force_login(person_with(role, place))
    assert client.get(page(candidate.document)).status_code == 404
    for name in ("candidate", "candidate_edit", "candidate_split", "candidate_merge"):
        assert client.get(reverse(f"documents:{name}", args=[candidate.pk])).status_code == 404
    assert client.post(answer(candidate, "accept"), {"version": 1}).status_code == 404
    address = reverse("documents:accept_sure", args=[candidate.document_id])
    assert client.post(address, {"confidence": "0.9"}).status_code == 404


def test_the_list_is_narrowed_and_finds_the_candidate_in_focus(signed_in, candidate):
    goal = CandidateFactory.create(document=candidate.document, requirement_class="goal", status="rejected")

    def shown(query: str) -> list[int]:
        response = signed_in.get(f"{page(candidate.document)}?{query}")
        return [card.candidate.pk for card in response.context["cards"]]

    assert shown("") == [candidate.pk]
    assert shown("vis=avvist") == [goal.pk]
    assert shown("vis=alle") == [candidate.pk, goal.pk]
    assert shown("vis=alle&klasse=goal") == [goal.pk]
    assert shown("vis=tull&klasse=tull&side=tull") == [candidate.pk]
    assert shown(f"forslag={goal.pk}") == [candidate.pk, goal.pk], (
        "one that the filter hides is shown all the same"
    )
    assert shown("forslag=999999") == [candidate.pk, goal.pk]


def test_a_hundred_at_a_time_and_the_page_of_the_one_in_focus(signed_in, candidate):
    rows = [
        Candidate(
            document=candidate.document,
            start=18 + i,
            end=200 + i,
            quote="x",
            requirement_class="goal",
            confidence=0.5,
        )
        for i in range(150)
    ]
    last = Candidate.objects.bulk_create(rows)[-1]
    response = signed_in.get(page(candidate.document))
    assert len(response.context["cards"]) == 100
    response = signed_in.get(f"{page(candidate.document)}?forslag={last.pk}")
    assert response.context["page"].number == 2
    assert last.pk in [card.candidate.pk for card in response.context["cards"]]


def test_the_review_asks_as_much_of_the_database_with_many_candidates(
    signed_in, candidate, django_assert_max_num_queries
):
    for _ in range(2):
        for i in range(20):
            one = CandidateFactory.create(document=candidate.document, start=18, end=40 + i)
            if i % 2:
                review.accept(
                    actor=person_with("manager", candidate.document.addressee), candidate=one, version=1
                )
        # Some of them for the findings of the check and where they stand.
        with django_assert_max_num_queries(17):
            signed_in.get(f"{page(candidate.document)}?vis=alle")
        waiting = candidate.document.candidates.filter(status="pending").first()
        with django_assert_max_num_queries(24):
            signed_in.post(answer(waiting, "accept"), {"version": waiting.version}, headers=HTMX)


@pytest.mark.parametrize("status", ["received", "reading", "failed", "withdrawn"])
def test_what_cannot_be_reviewed_leads_to_the_document(client, status):
    document = DocumentFactory.create(status=status)
    client.force_login(person_with("manager", document.addressee))
    response = client.get(page(document))
    assert response.headers["Location"] == reverse("documents:detail", args=[document.pk])


def test_a_document_without_candidates_says_so_and_can_be_published(client):
    document = DocumentFactory.create()
    client.force_login(person_with("manager", document.addressee))
    assert reverse("documents:advance", args=[document.pk, "publish"]) in text_of(client.get(page(document)))


def test_sure_is_measured_on_what_people_answered_one_by_one(signed_in, candidate, manager, monkeypatch):
    monkeypatch.setattr(queries, "ENOUGH", 2)
    document = candidate.document
    rows = [CandidateFactory.create(document=document, confidence=c) for c in (0.96, 0.96, 0.85, 0.85)]
    CandidateFactory.create(document=document, confidence=0.99, rule="person", status="accepted")
    review.accept(actor=manager, candidate=rows[0], version=1)
    review.reject(actor=manager, candidate=rows[1], version=1)
    review.accept(actor=manager, candidate=rows[2], version=1)
    review.accept_all(actor=manager, document=document, confidence=0.8)
    cache.clear()
    found = [(one.level, one.answered, one.right) for one in queries.measured()]
    assert found == [(0.95, 2, 1), (0.9, 2, 1), (0.8, 3, 2)], (
        "what was accepted in bulk or made by a person says nothing"
    )
    assert [one.share for one in queries.measured()] == [50, 50, 67]
    assert signed_in.get(page(document)).status_code == 200
    cache.clear()
