"""Search: Norwegian stems, nynorsk beside bokmål, and the same answers on both databases."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from tillitsrom.register import search
from tillitsrom.register.models import Requirement

from .factories import RequirementFactory

pytestmark = pytest.mark.django_db


def made(text: str) -> Requirement:
    requirement = RequirementFactory.create(quote=text, text=text)
    search.index([(requirement.pk, text)])
    return requirement


def found(query: str) -> set[str]:
    return {r.text for r in search.matching(Requirement.objects.all(), query)}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("rapportering", "Etaten skal sende inn rapporter hvert tertial."),
        ("rapporter", "Etaten skal rapportere om bruken av midlene."),
        ("rapport", "Rapporteringen skal være kort."),
        ("ledere", "En leder skal ta stilling til saken."),
        ("leder", "Lederne skal følge opp."),
        ("skoler", "Skolen skal legge fram en plan."),
        ("ansatte", "Kommunen skal la kvar tilsett få opplæring."),
        ("leiarar", "Lederen skal melde fra."),
        ("ikkje", "Etaten skal ikke kreve ny dokumentasjon."),
        ("RAPPORTERING MIDLENE", "Etaten skal rapportere om bruken av midlene."),
        ("dokumen", "Etaten skal dokumentere avvik."),
        ("a\u030ar", "Dette gjelder i år."),
    ],
)
def test_words_of_one_family_find_each_other(query: str, text: str) -> None:
    made(text)
    made("Noe helt annet står i denne setningen.")
    assert found(query) == {text}


def test_every_word_must_be_there() -> None:
    made("Etaten skal rapportere om bruken av midlene.")
    assert found("rapportering sykefravær") == set()


def test_not_is_a_word_like_any_other() -> None:
    made("Etaten skal ikke rapportere.")
    made("Etaten skal rapportere.")
    assert found("ikke rapportere") == {"Etaten skal ikke rapportere."}


def test_a_very_short_word_is_not_taken_for_a_beginning() -> None:
    made("Innen juni skal planen være klar.")
    assert found("i") == set()


@pytest.mark.parametrize("query", ["", "  ", "!?", '"', "'", "''"])
def test_a_query_without_words_narrows_nothing(query: str) -> None:
    made("Etaten skal rapportere.")
    assert found(query) == {"Etaten skal rapportere."}


@pytest.mark.parametrize(
    "query", ['krav" OR "x', "krav' | 'x", "krav & (", "krav NEAR", "krav*", "a_b", "½", "² og ³", "x" * 5000]
)
def test_signs_of_the_databases_own_languages_are_only_text(query: str) -> None:
    made("Noe annet.")
    assert found(query) == set()


def test_indexing_again_replaces_and_forgetting_removes() -> None:
    requirement = made("Etaten skal rapportere.")
    search.index([(requirement.pk, "Etaten skal vurdere.")])
    assert found("rapportere") == set()
    assert found("vurdering") == {"Etaten skal rapportere."}
    search.forget([requirement.pk])
    assert found("vurdering") == set()


def test_deleting_a_requirement_takes_its_words_away() -> None:
    requirement = made("Etaten skal rapportere.")
    requirement.delete()
    assert found("rapportere") == set()
    search.index([])


def test_the_index_still_forgets_after_a_migration_wrote_the_table_anew():
    """SQLite drops a table's triggers when it alters the table; they are set again after each migration."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite writes tables anew")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER register_requirement_search_forget")
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'register_requirement_search_forget'")
        assert cursor.fetchone() == (1,)
