"""The command `tillitsrom`: read and compare steering documents; with the server installed also run the web application.

Everything but click is loaded when a command needs it, so that the command starts at once.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tillitsrom.cli_corpus import corpus
from tillitsrom.cli_help import Commands, InNorwegian

if TYPE_CHECKING:
    from tillitsrom.reading.model import Reading

PROGRAM = "tillitsrom"
SETTINGS = "tillitsrom.settings.production"
_FOUND = 1
_UNREADABLE = 2
_PIPED_WIDTH = 120


def _say_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from tillitsrom import __version__

    click.echo(f"{PROGRAM} {__version__}")
    ctx.exit()


@click.group(cls=Commands, subcommand_metavar="KOMMANDO …", options_metavar="")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Vis versjonen."
)
def cli() -> None:
    """Les styringsdokumenter og finn hvert krav i dem."""


@cli.command(cls=InNorwegian, options_metavar="[VALG]")
@click.argument("files", nargs=-1, metavar="FIL…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "xlsx"]),
    default="table",
    help="Tabell i terminalen (table), JSON-linjer (jsonl), CSV eller regneark (xlsx).",
)
@click.option("--output", "-o", metavar="FIL", help="Skriv til denne filen.")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    help="Tekstgjenkjenning: på sider uten tekst (auto), aldri (never) eller på alle sider (always).",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["law", "letter"]),
    help="Les som lov eller forskrift (law) eller som styringsdokument (letter). Ellers avgjør formen.",
)
def read(files: Sequence[str], form: str, output: str | None, ocr: str, kind: str | None) -> None:
    """Finn kravene i dokumenter (PDF, DOCX, HTML, Markdown, tekst og e-post).

    Viser klasse, frist, side, oppdrag og setningen som hvert krav står i, og hvor mange det er av hver klasse.
    Skannede sider leses med tekstgjenkjenning når tesseract med norsk er installert, og kravene der merkes.
    Av en e-post (.eml) leses vedleggene hver for seg, og teksten når den har krav.
    En lov eller forskrift kjennes på formen; da vises også paragrafen og hvem som har plikten.
    """
    if not files:
        raise click.UsageError("Oppgi minst én fil, for eksempel: tillitsrom read tildelingsbrev.pdf")
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("Et regneark kan ikke vises i terminalen. Oppgi en fil: --output krav.xlsx")
    found = [_readings(name, ocr) for name in files]
    readings = [reading for some, _ in found for reading in some]
    if kind:
        from tillitsrom.reading.extract import read_document

        readings = [read_document(reading.document, law=kind == "law") for reading in readings]
    if readings:
        _write(_rendered(readings, form), output)
    if not all(whole for _, whole in found):
        raise SystemExit(_UNREADABLE)


@cli.command(cls=InNorwegian, options_metavar="[VALG]")
@click.argument("old", metavar="GAMMEL")
@click.argument("new", nargs=-1, required=True, metavar="NY…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json", "csv", "xlsx"]),
    default="table",
    help="Tabell i terminalen (table), Markdown, JSON, CSV eller regneark (xlsx).",
)
@click.option("--output", "-o", metavar="FIL", help="Skriv til denne filen.")
def compare(old: str, new: Sequence[str], form: str, output: str | None) -> None:
    """Sammenlign dokumenter: beholdt, omskrevet, delt, slått sammen, flyttet, nytt og borte.

    To dokumenter sammenlignes i den rekkefølgen de står. Flere samles etter året de gjelder, så et tildelingsbrev kan få
    med seg de supplerende brevene. Er det mer enn to år, følges hvert krav tilbake til året det kom.
    Varsler når én klasse går ned og en annen opp, for eksempel når målene blir færre og oppdragene flere.
    """
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "Et regneark kan ikke vises i terminalen. Oppgi en fil: --output endringer.xlsx"
        )
    found = [_reading(name) for name in (old, *new)]
    readings = [reading for reading in found if reading is not None]
    if len(readings) < len(found):
        raise SystemExit(_UNREADABLE)
    from tillitsrom.reading import report_years

    try:
        _write(report_years.compared(readings, form, _width(output)), output)
    except report_years.YearUnknownError as error:
        raise click.UsageError(str(error)) from None


@cli.command(cls=InNorwegian, options_metavar="[VALG]")
@click.argument("files", nargs=-1, metavar="FIL…")
@click.option("--previous", metavar="FIL", help="Forrige års dokument, som det nye holdes opp mot.")
@click.option("--against", multiple=True, metavar="FIL", help="Et annet dokument som gjelder. Kan gjentas.")
@click.option("--select", multiple=True, metavar="KODER", help="Bare disse reglene, for eksempel TR101,TR3.")
@click.option("--ignore", multiple=True, metavar="KODER", help="Ikke disse reglene.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "markdown"]),
    default="text",
    help="Linjer i terminalen (text), JSON, SARIF eller Markdown.",
)
@click.option("--output", "-o", metavar="FIL", help="Skriv til denne filen.")
@click.option(
    "--config", "named", metavar="FIL", help="Innstillinger. Ellers brukes nærmeste tillitsrom.toml."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Hvor alvorlig et funn må være for å gi statusen 1.",
)
def check(  # noqa: PLR0913 - one parameter for each option
    files: Sequence[str],
    previous: str | None,
    against: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    form: str,
    output: str | None,
    named: str | None,
    fail_on: str | None,
) -> None:
    """Se etter det som gjør styringen tung: for mange mål, doble krav, rapportering uten mottaker og mer.

    Statusen er 0 når alt er i orden, 1 når det er funn, og 2 når noe ikke kan leses.
    """
    from tillitsrom.reading.check import command
    from tillitsrom.reading.check.output import FORMATS

    if not files:
        raise click.UsageError("Oppgi minst én fil, for eksempel: tillitsrom check tildelingsbrev.pdf")
    try:
        config = command.configuration(named, files, select, ignore, fail_on)
    except command.ConfigError as error:
        _complain(str(error))
        raise SystemExit(_UNREADABLE) from None
    last_year = None if previous is None else _reading(previous)
    others = [reading for name in against if (reading := _reading(name)) is not None]
    read_files = [(name, reading) for name in files if (reading := _reading(name)) is not None]
    checked = command.check_all(read_files, last_year, others, config)
    if checked:
        _write(FORMATS[form](checked), output)
        for silence in command.unused(checked, config):
            _complain(command.complaint(silence))
    if len(checked) < len(files) or len(others) < len(against) or (previous and last_year is None):
        raise SystemExit(_UNREADABLE)
    if command.fails(checked, config):
        raise SystemExit(_FOUND)


cli.add_command(corpus)

_PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


@cli.command(cls=InNorwegian, context_settings=_PASS_ON, options_metavar="[VALG]")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="")
def serve(arguments: Sequence[str]) -> None:
    """Start nettløsningen."""
    _django("serve", arguments)


@cli.command(cls=InNorwegian, context_settings=_PASS_ON, options_metavar="[VALG]")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="")
def demo(arguments: Sequence[str]) -> None:
    """Fyll en tom database med eksempeldata."""
    _django("demo", arguments)


@cli.command(cls=InNorwegian, context_settings=_PASS_ON, options_metavar="")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="KOMMANDO …")
def manage(arguments: Sequence[str]) -> None:
    """Kjør en av nettløsningens egne kommandoer, for eksempel migrate."""
    _django(arguments[0] if arguments else "help", arguments[1:])


def _reading(name: str) -> "Reading | None":
    """Read one file; what is wrong with it is said in one line on standard error."""
    from tillitsrom import cli_files

    return next(iter(_tried(name, lambda: [cli_files.read_file(Path(name))])), None)


def _readings(name: str, ocr: str) -> "tuple[list[Reading], bool]":
    """Every document in a file, and whether all of it could be read."""
    from tillitsrom import cli_files

    refused: list[str] = []

    def read_all() -> "list[Reading]":
        if Path(name).suffix.lower() != ".eml":
            return [cli_files.read_file(Path(name), ocr)]
        readings, refusals = cli_files.read_mail(Path(name), ocr)
        refused.extend(f"{refusal.name}: {refusal.error}" for refusal in refusals)
        return readings

    readings = _tried(name, read_all)
    for line in refused:
        _complain(line)
    return readings, bool(readings) and not refused


def _tried(name: str, read: "Callable[[], list[Reading]]") -> "list[Reading]":
    from tillitsrom.reading.model import ReadingError

    try:
        return read()
    except ReadingError as error:
        _complain(f"{click.format_filename(name)}: {error}")
    except Exception as error:  # noqa: BLE001 - one document must never stop the others
        kind = type(error).__name__
        _complain(
            f"{click.format_filename(name)}: Det er en feil i programmet ({kind}). Meld fra om dokumentet."
        )
    return []


def _rendered(readings: Sequence["Reading"], form: str) -> str | bytes:
    from tillitsrom.reading import report

    if form == "jsonl":
        return "".join(line + "\n" for reading in readings for line in report.json_lines(reading))
    if form == "csv":
        return report.csv_of(readings)
    if form == "xlsx":
        return report.workbook(readings)
    return "\n".join(_tables(readings, _width(None))) + "\n"


def _tables(readings: Sequence["Reading"], width: int) -> Iterable[str]:
    from tillitsrom.reading import report

    for number, reading in enumerate(readings):
        if number:
            yield ""
        yield from report.table(reading, width)
    if len(readings) > 1:
        yield ""
        yield "Alle dokumentene"
        yield from report.totals(readings)


def _width(output: str | None) -> int:
    piped = output is not None or not sys.stdout.isatty()
    return shutil.get_terminal_size((_PIPED_WIDTH if piped else 80, 24)).columns


def _write(what: str | bytes, output: str | None) -> None:
    if output is None:
        if isinstance(what, bytes):
            sys.stdout.buffer.write(what)
        else:
            click.echo(what, nl=False)
        return
    # With the mark a spreadsheet knows that a CSV file is UTF-8.
    encoding = "utf-8-sig" if output.lower().endswith(".csv") else "utf-8"
    data = what if isinstance(what, bytes) else what.encode(encoding, "surrogateescape")
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        _complain(
            f"{output}: Filen kan ikke skrives ({error.strerror}). Velg en annen mappe eller et annet navn."
        )
        raise SystemExit(_UNREADABLE) from None
    click.echo(f"Skrev {output}", err=True)


def _complain(message: str) -> None:
    click.echo(f"{PROGRAM}: {message}", err=True)


def _django(command: str, arguments: Sequence[str]) -> None:
    """Hand over to the web application's own commands."""
    from importlib.util import find_spec

    if find_spec("django") is None:
        _complain("Nettløsningen er ikke installert. Installer den med: pip install 'tillitsrom[server]'")
        raise SystemExit(_UNREADABLE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line([PROGRAM, command, *arguments])
    except ImproperlyConfigured as error:
        _complain(f"Innstillingene er ikke fullstendige: {str(error).splitlines()[0]}")
        raise SystemExit(_UNREADABLE) from None


def main(arguments: Sequence[str] | None = None) -> Any:
    """The program: usage errors too are one clear line in bokmål."""
    try:
        return cli.main(
            args=None if arguments is None else list(arguments), prog_name=PROGRAM, standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        sys.exit(0)
    except click.UsageError as error:
        _complain(_usage(error))
        sys.exit(_UNREADABLE)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of the pipe has seen enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


def _usage(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else PROGRAM
    if isinstance(error, click.NoSuchOption):
        message = f"Valget {error.option_name} finnes ikke."
    elif isinstance(error, click.MissingParameter):
        message = "Det mangler noe på kommandolinjen."
    elif isinstance(error, click.BadParameter) and error.param is not None:
        choices = getattr(error.param.type, "choices", ())
        message = (
            f"Ugyldig verdi for {'/'.join(error.param.opts)}. Velg blant: {', '.join(map(str, choices))}."
        )
    elif error.message.startswith("No such command"):
        group = error.ctx.command if error.ctx else cli
        known = group.commands if isinstance(group, click.Group) else cli.commands
        message = f"Kommandoen finnes ikke. Velg blant: {', '.join(known)}."
    else:
        message = error.message
    return f"{message.rstrip('.')}. Se {where} --help"


if __name__ == "__main__":
    main()
