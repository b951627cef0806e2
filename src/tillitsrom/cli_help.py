"""Commands of click whose help is in bokmål."""

import re

import click

_RANGE = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class InNorwegian(click.Command):
    """Help in bokmål."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Bruk: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for option in options if (record := _record(option, ctx)) is not None]
        if records:
            with formatter.section("Valg"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Vis denne hjelpen."
        return option


class Commands(InNorwegian, click.Group):
    """The commands in the order that they are written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Kommandoer"):
            formatter.write_dl(
                [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
            )


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """The option and its help, with what click itself adds in bokmål too."""
    record = option.get_help_record(ctx)
    if record is None:
        return None
    words = record[1].replace("[required]", "Må oppgis.")
    return record[0], _RANGE.sub(r"(\1 til \2)", words)
