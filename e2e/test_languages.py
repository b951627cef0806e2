"""Each language is whole: a page in bokmål has no English on it, and one in nynorsk is not bokmål."""

import re

import pytest

from .conftest import OpenPage
from .story import Demo

# Words of the other language that a page may not slip into. Names of the languages themselves are in their own.
ENGLISH = re.compile(
    r"\b(the|and|requirements?|documents?|deadlines?|search|publish(ed)?|review|hours|years?|save|cancel|open data)\b",
    re.IGNORECASE,
)
NORWEGIAN = re.compile(
    r"(?<!/)\b(krav|dokumenter|frister|søk|ikke|ikkje|virksomheter|verksemder|åpne)\b", re.IGNORECASE
)
NOT_NYNORSK = re.compile(r"\b(ikke|hvordan|virksomhet(en|er)?|bare|noen|å gjøre|kravene)\b", re.IGNORECASE)
MAIN_PAGES = ("/", "/dokumenter/", "/krav/", "/frister/", "/innsikt/", "/apne-data/", "/om/", "/personvern/",
              "/tilgjengelighet/", "/virksomheter/", "/unntatt/", "/logg-inn/", "/meg/", "/dokumenter/ny/")  # fmt: skip
# What is written on the pages themselves: not what stands in letters, names and menus of bodies and documents.
OWN_WORDS = """() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll("[lang], script, option, blockquote, .tr-cell-text a, .tr-document, [translate=no], code").forEach((one) => one.remove());
  return copy.innerText + " " + document.title;
}"""


@pytest.mark.parametrize(
    ("language", "name", "wrong"),
    [("nb", "Bokmål", ENGLISH), ("nn", "Nynorsk", ENGLISH), ("nn", "Nynorsk", NOT_NYNORSK), ("en", "English", NORWEGIAN)],
    ids=["nb", "nn", "nn-not-nb", "en"],
)  # fmt: skip
def test_each_language_is_whole(
    open_page: OpenPage, demo: Demo, language: str, name: str, wrong: "re.Pattern[str]"
):
    page = open_page(demo.coordinator)
    page.goto("/")
    page.locator("summary", has_text=re.compile("språk|language")).click()
    page.get_by_role("button", name=name).click()
    slips: list[str] = []
    for address in MAIN_PAGES:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language, address
        for line in str(page.evaluate(OWN_WORDS)).splitlines():
            if (found := wrong.search(line)) and not from_the_story(line):
                slips.append(f"{address}: {found.group()!r} in {line.strip()[:120]!r}")
    assert not slips, "\n" + "\n".join(slips)


def from_the_story(line: str) -> bool:
    """Titles and sentences of letters, and names of bodies, are in the language they were written in."""
    known = ("Fjordvik", "Oppvekst", "tilskudd", "barnevern", "Kommunen skal", "elever", "Direktoratet")
    return any(word in line for word in known)
