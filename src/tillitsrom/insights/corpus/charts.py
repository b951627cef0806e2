"""The charts of the corpus page: every bar opens the sentences that it counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tillitsrom.web.charts import Chart, Series, bar_chart
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.pareto_charts import Row, pareto_chart
from tillitsrom.web.templatetags.tillitsrom import number

from .queries import TOP, Asked, Choice

# Names in the address → fields of a choice, where they differ: a class is called so there as on every other page.
IN_ADDRESS = {"kind": "class"}


def query_of(choice: Choice, **more: str | int) -> str:
    """The choice as it stands in an address, with more chosen."""
    return encoded({**choice.chosen(), **more})


def encoded(pairs: Mapping[str, str | int]) -> str:
    """What was chosen, by the names that an address has for it."""
    return urlencode({IN_ADDRESS.get(name, name): value for name, value in pairs.items()})


def list_address(choice: Choice, **more: str | int) -> str:
    """The sentences that a bar counts."""
    return f"{reverse('insights:corpus_requirements')}?{query_of(choice, **more)}"


def as_name(word: str) -> str:
    """A bearer as the reader writes it, as a name on a page."""
    return word[:1].upper() + word[1:]


def plural(kind: str) -> str:
    return str(CLASSES[kind].plural) if kind in CLASSES else kind


def decades(asked: Asked) -> Chart | None:
    """Requirements by the decade their document is from, class by class."""
    cube = asked.cube
    if not cube:
        return None
    kinds = [kind for kind in CLASSES if any(counts[kind] for counts in cube.values())]
    shown = list(cube)
    most = max(shown, key=lambda decade: sum(cube[decade].values()))
    series = [
        Series(
            key=kind,
            label=plural(kind),
            letter=str(CLASSES[kind].letter),
            values=[cube[decade][kind] for decade in shown],
            links=[list_address(asked.choice, kind=kind, decade=decade) for decade in shown],
        )
        for kind in kinds
    ]
    sentence = _(
        "%(count)s requirements in documents whose year is known. Most stand in documents from the %(decade)ss: %(most)s."
    ) % {
        "count": number(sum(sum(counts.values()) for counts in cube.values())),
        "decade": most,
        "most": number(sum(cube[most].values())),
    }
    return bar_chart(
        title=_("Requirements by the decade of the document"),
        sentence=sentence,
        category_heading=_("Decade"),
        categories=[str(decade) for decade in shown],
        series=series,
        stacked=True,
    )


def bearers(asked: Asked) -> Chart | None:
    """Who must do it. Only those with most stand in the chart; the shares are of all that have a bearer."""
    found = asked.bearers
    if not found:
        return None
    whole = sum(count for _bearer, count in found)
    name, most = found[0]
    sentence = _(
        "Most often the duty lies with %(bearer)s: %(most)s of %(count)s. A requirement with several bearers counts for each."
    ) % {"bearer": name, "most": number(most), "count": number(whole)}
    rows = [
        Row(label=as_name(bearer), value=count, link=list_address(asked.choice, bearer=bearer))
        for bearer, count in found[:TOP]
    ]
    return _counts(_("Who the requirements lie with"), sentence, _("Bearer"), rows, whole)


def issuers(asked: Asked) -> Chart | None:
    """Which ministries the documents belong to."""
    found = asked.issuers
    if not found:
        return None
    whole = sum(count for _issuer, count in found)
    name, most = found[0]
    sentence = _(
        "%(issuer)s stands behind %(most)s of the %(count)s requirements whose ministry is known."
    ) % {
        "issuer": name,
        "most": number(most),
        "count": number(whole),
    }
    rows = [
        Row(label=issuer, value=count, link=list_address(asked.choice, issuer=issuer))
        for issuer, count in found[:TOP]
    ]
    return _counts(_("Requirements by responsible ministry"), sentence, _("Ministry"), rows, whole)


def documents(asked: Asked) -> Chart | None:
    """The documents that demand most."""
    found = asked.documents(TOP)
    if not found:
        return None
    whole = asked.totals.requirements
    sentence = _("These %(rows)s documents have %(share)s %% of the %(count)s requirements.") % {
        "rows": number(len(found)),
        "share": number(round(100 * sum(one.requirements for one in found) / whole)),
        "count": number(whole),
    }
    rows = [
        Row(label=one.title, value=one.requirements, link=list_address(asked.choice, document=one.path))
        for one in found
    ]
    return _counts(_("The documents that demand most"), sentence, _("Document"), rows, whole)


def _counts(title: str, sentence: str, what: str, rows: Sequence[Row], whole: int) -> Chart:
    """A Pareto chart of counts, whose table has no lowest and highest."""
    headings = [what, _("Requirements"), "", "", _("Share so far")]
    chart = pareto_chart(title=title, sentence=sentence, headings=headings, rows=rows, total=whole)
    return replace(
        chart,
        headings=[headings[0], headings[1], _("Share so far, per cent")],
        rows=[[row[0], row[1], row[4]] for row in chart.rows],
    )


CHARTS: dict[str, Callable[[Asked], Chart | None]] = {
    "barere": bearers,
    "tiar": decades,
    "departementer": issuers,
    "dokumenter": documents,
}
