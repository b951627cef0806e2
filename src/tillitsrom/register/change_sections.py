"""The lists of a page that compares: one section for each kind of change, short enough to read, with the rest a link away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tillitsrom.web.templatetags.tillitsrom import number

from .changes import Paired

PER_SECTION = 12
PER_PAGE = 50
KINDS = ("new", "gone", "reworded", "split", "merged", "moved", "kept")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of change: its heading, what it means, and the rows that are shown of it."""

    kind: str
    heading: str
    says: str
    total: int
    rows: Sequence[Any]
    url: str
    page: Page[Any] | None = None

    @property
    def several(self) -> bool:
        """Whether a row is several requirements: what was split or merged."""
        return self.kind in ("split", "merged")

    @property
    def folded(self) -> bool:
        """What stands as before is not what a reader comes for."""
        return self.kind == "kept" and self.page is None

    @property
    def fold(self) -> str:
        return _("Show what stands as before")

    @property
    def more(self) -> str:
        """Where there are more than are shown; empty where all are."""
        if self.total <= len(self.rows):
            return ""
        return ngettext("Show all %(count)s", "Show all %(count)s", self.total) % {
            "count": number(self.total)
        }


def headings() -> dict[str, str]:
    """What each kind of change is called, in the order of the page. Elsewhere the same English words mean other things."""
    return {
        "new": pgettext("requirements", "New"),
        "gone": pgettext("requirements", "Gone"),
        "reworded": pgettext("requirements", "Reworded"),
        "split": pgettext("requirements", "Split"),
        "merged": pgettext("requirements", "Merged"),
        "moved": pgettext("requirements", "Moved"),
        "kept": pgettext("requirements", "Kept"),
    }


def _words(kind: str, empty: bool) -> tuple[str, str]:
    """The heading, and what the kind means or that there is none."""
    told: dict[str, tuple[str, str]] = {
        "new": (_("They have no like in the earlier one."), _("Nothing is new.")),
        "gone": (_("They have no like in the later one."), _("Nothing is gone.")),
        "reworded": (
            _("What is struck out stood there before; what is underlined is new."),
            _("Nothing is reworded."),
        ),
        "split": (_("One requirement has become several."), _("Nothing is split.")),
        "merged": (_("Several requirements have become one."), _("Nothing is merged.")),
        "moved": (
            _("The words are the same, but they stand in another class, chapter or assignment."),
            _("Nothing is moved."),
        ),
        "kept": (
            _("The words are the same, apart from years, dates and assignment numbers."),
            _("Nothing stands as before."),
        ),
    }
    says, none = told[kind]
    return headings()[kind], none if empty else says


def sections(
    changes: Paired, *, url: str, query: str = "", adds: bool = False, only: str = "", page: str = ""
) -> list[Section]:
    """The sections to show: all, each cut short, or one of them page by page.

    `url` is the page's own address and `query` what else stands in it ("med=7"). Something that adds to a letter has
    taken nothing away, so what is `gone` is not told of it.
    """
    rows: dict[str, Sequence[Any]] = {
        "new": changes.added,
        "gone": changes.gone,
        "reworded": changes.reworded,
        "split": changes.split,
        "merged": changes.merged,
        "moved": changes.moved,
        "kept": changes.kept,
    }
    found = []
    for kind in KINDS:
        every = rows[kind]
        if (only and kind != only) or (adds and kind == "gone"):
            continue
        if not every and kind in ("split", "merged", "moved") and not only:
            continue
        heading, says = _words(kind, not every)
        address = f"{url}?{query}&vis={kind}" if query else f"{url}?vis={kind}"
        shown = Paginator(every, PER_PAGE).get_page(page) if only else None
        cut = list(shown) if shown is not None else every[:PER_SECTION]
        found.append(Section(kind, heading, says, len(every), cut, address, shown))
    return found
