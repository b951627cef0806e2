"""The parts of a law: the headings of sections ("§ 5-3. Frist"), what a section is for, and notes that are no text of law."""

import re
from dataclasses import dataclass

from tillitsrom.reading.words import pattern

_SECTION = pattern(
    r"\**§{1,2}[ \t\u00a0]*(?P<number>\d{1,3}(?:[ \t\u00a0]?[A-ZÆØÅ](?=-\d))?(?:[ \t]?-[ \t]?\d{1,3}){0,3})(?P<gap>[ \t\u00a0]?)(?P<letter>[a-zæøå](?![\w.]\w))?\**\.?(?P<title>.*)$",
    re.DOTALL,
)
_AMENDS = pattern(
    r"(?:Ny(?:tt)?\s+)?§[ \t\u00a0]*(?P<number>\d{1,3}(?:-\d{1,3}){0,3})(?P<gap>[ \t\u00a0]?)(?P<letter>[a-zæøå]\b)?[^.:]{0,90}\bskal\s+lyde\b"
)
_REPEALED = pattern(r"^\W*(?:\(?(?:Opp?hev[ae]|Opphev|Utgår|Ute[ln]at|Avløst|Slettet))")
_NOTE = pattern(
    r"^\W*(?:\d\s+)?(?:(?:Endr[ae]|Tilføy[ed]|Føy[ed]|Opphev[ae]|Overskrift\w*\s+(?:endr|tilføy)|Tittelen\s+endr|Oppheva|Nummer|Omnummerert|Flyttet\s+fra)\w*\b"
    r"[^.]{0,60}\b(?:ved|med|fra)\b|Sist\s+endr)"
)
# Sections that place no duty: what a law is for, what words mean, where it holds, when it begins, what it costs to break it.
_QUIET = pattern(
    r"^\W*(?:(?:lov(?:en|a)s?|forskrift(?:en|a)s?|kapit(?:tel|let)s?|saklig|sakleg|stedlig|stadleg|geografisk|personelt|personell|generelt)\s+)*"
    r"(?:(?:lov|forskrift)?(?:formål|føremål|virkeområde|verkeområde|verkeområdet|bruksområde|brukssområde|anvendelsesområde)(?:et|a)?\b"
    r"|definisjon|begrep|omgrep|ordforklaring|ikrafttre|ikraftset|iverkset|i\s*kraft|overgangs(?:regl|bestemm|føres|ordning|tid)|opphev|oppheving|straff\w*\b"
    r"|endring(?:er|ar|a)?\s+i\s+(?:andre|annen|anna|øvrig)|forholdet\s+til\s+(?:and|annen|forv|lov))"
    r"|\b(?:trer|tek|tar)\s+(?:til\s+å\s+gjelde|i\s+kraft)|ikrafttre(?:den|delse|ding)\w*|overgangs(?:regl|bestemm|føres|ordning)\w*\s*\.?$"
)
_QUIET_CHAPTER = pattern(
    r"^\W*(?:(?:kap(?:ittel|\.)?|del)\s*)?(?:[ivx\d]+\s*[a-z]?\b\.?\s*[–-]?\s*)?(?:straff\w*|ikrafttre\w*|ikraftset\w*|iverkset\w*|overgangs\w*|i\s*kraft\w*)\b"
)
_PURPOSE = pattern(r"formål|føremål|virkeområde|verkeområde|hensikt")
_INFORMATION = pattern(
    r"^\W*(?:forordninger|direktiv(?:er)?|konsolidert|EØS-rettsakt|rettsakt|beslutninger|europaparlaments|kommisjons)"
)
_ANNEX = pattern(
    r"^\W*(?P<name>(?:vedlegg|tillegg|anneks|appendiks)\b\s*(?:[IVXL]+\b|\d{1,3}|[A-H]\b)?)", re.IGNORECASE
)
_ARTICLE = pattern(r"^\W*(?P<name>art(?:ikkel|\.)?\s*\d{1,3}\s?[a-z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading opens. `section` is "§ 5-3" for a section, "vedlegg 2" for an annex, None for a chapter.

    `quiet`: nothing below it places a duty. `title` is the words after the number.
    """

    section: str | None
    title: str
    quiet: bool
    informs: bool = False
    purpose: bool = False


def read_heading(text: str) -> Heading:
    """What a heading's text says."""
    text = text.strip()
    if "§" in text[:4]:
        match = _SECTION.match(text)
        if match:
            title = match.group("title").strip(" .*()")
            return Heading(
                _name(match),
                title,
                _is_quiet(match.group("title")),
                purpose=_PURPOSE.search(title.lower()) is not None,
            )
    annex = _ANNEX.match(text) or _ARTICLE.match(text)
    section = " ".join(annex.group("name").split()).lower() if annex else None
    quiet = _QUIET_CHAPTER.match(text.lower()) is not None
    return Heading(section, text.strip(" *"), quiet, _INFORMATION.match(text.lower()) is not None)


def amended_section(text: str) -> str | None:
    """The section whose new words follow ("§ 4-23 første ledd skal lyde:"), or None."""
    match = _AMENDS.match(text)
    return _name(match) if match else None


def is_note(text: str) -> bool:
    """Whether a paragraph is a note on changes, not words of the law."""
    return text[:1] == "*" or _NOTE.match(text) is not None


_AROUND_DASH = pattern(r"[ \t]?-[ \t]?")


def _name(match: re.Match[str]) -> str:
    """The section as the law writes it: "§ 14 a" and "§ 9a" are both in use."""
    number = _AROUND_DASH.sub("-", match.group("number"))
    letter = match.group("letter")
    return f"§ {number}{' ' if match.group('gap') else ''}{letter}" if letter else f"§ {number}"


def _is_quiet(title: str) -> bool:
    low = title.lower().strip(" .*()")
    return _REPEALED.match(title) is not None or _QUIET.search(low) is not None
