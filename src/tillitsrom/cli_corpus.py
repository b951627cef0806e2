"""`tillitsrom corpus`: its commands and their options. What they do is loaded when one is run."""

import click

from tillitsrom.cli_help import Commands, InNorwegian


@click.group(cls=Commands, subcommand_metavar="KOMMANDO …", options_metavar="")
def corpus() -> None:
    """Les en hel mappe til ett korpus, og still spørsmål til alt på én gang."""


@corpus.command("build", cls=InNorwegian, options_metavar="[VALG]")
@click.argument("folder", metavar="MAPPE")
@click.option(
    "--out", "-o", required=True, metavar="FIL", help="Korpuset som skrives, for eksempel korpus.parquet."
)
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="ANTALL", help="Så mange leser. Ellers én per kjerne."
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    help="Prosesser på denne maskinen (processes) eller Dask (dask).",
)
@click.option(
    "--scheduler", metavar="ADRESSE", help="En Dask-klynge som kjører, for eksempel tcp://10.0.0.5:8786."
)
@click.option(
    "--seconds",
    type=click.IntRange(1, 3600),
    metavar="ANTALL",
    help="Så lenge kan ett dokument ta. Ellers 120.",
)
@click.option(
    "--keep-parts", is_flag=True, help="Behold delene, så neste bygging bare leser det som er nytt."
)
def corpus_build(
    folder: str,
    out: str,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    seconds: int | None,
    keep_parts: bool,
) -> None:
    """Les alt i en mappe til én Parquet-fil.

    Stoppes det, fortsetter samme kommando der den var. Statusen er 0 når alt er lest, 1 når noen filer ikke kunne leses,
    2 når korpuset ikke kunne bygges, og 130 når det ble stoppet.
    """
    from tillitsrom.corpus.command import run_build

    run_build(folder, out, engine, scheduler, workers, seconds, keep=keep_parts)


@corpus.command("query", cls=InNorwegian, options_metavar="[VALG]")
@click.argument("corpus", metavar="KORPUS")
@click.argument("sql", required=False, metavar="[SQL]")
@click.option(
    "--ask", metavar="SPØRSMÅL", help="Et ferdig spørsmål, for eksempel per-class, bearers eller documents."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="Tabell i terminalen (table), CSV eller JSON-linjer (json).",
)
@click.option(
    "--seconds", type=click.IntRange(1, 3600), default=60, metavar="ANTALL", help="Så lenge kan svaret ta."
)
def corpus_query(corpus: str, sql: str | None, ask: str | None, form: str, seconds: int) -> None:
    """Still et spørsmål i SQL til tabellene requirements og documents. De kan bare leses."""
    from tillitsrom.corpus.command import run_query

    run_query(corpus, sql, ask, form, seconds)


@corpus.command("info", cls=InNorwegian, options_metavar="")
@click.argument("corpus", metavar="KORPUS")
def corpus_info(corpus: str) -> None:
    """Vis hva et korpus inneholder, hva som laget det, og kolonnene i det."""
    from tillitsrom.corpus.command import run_info

    run_info(corpus)
