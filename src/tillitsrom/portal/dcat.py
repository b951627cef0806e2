"""The catalogue of open data as DCAT-AP-NO in Turtle, so that data.norge.no can harvest it."""

from collections.abc import Iterable
from dataclasses import dataclass

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
"""
LICENCE = "http://publications.europa.eu/resource/authority/licence/NLOD_2_0"
MEDIA = "https://www.iana.org/assignments/media-types/"
ACCESS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: its key, its title and description per language, and its files as (address, media type)."""

    key: str
    title: dict[str, str]
    description: dict[str, str]
    files: tuple[tuple[str, str], ...]


def literal(text: str) -> str:
    """A Turtle string: quotes, backslashes and control characters escaped."""
    escaped = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
    )
    return f'"{escaped}"'


def iri(address: str) -> str:
    """An address in angle brackets; the characters that would end it are percent-encoded."""
    return "<" + "".join(f"%{ord(c):02X}" if c in '<>"{}|^`\\' or ord(c) <= 32 else c for c in address) + ">"


def texts(values: dict[str, str]) -> str:
    return ", ".join(f"{literal(text)}@{language}" for language, text in values.items())


def turtle(
    root: str, publisher: str, contact: str, title: dict[str, str], datasets: Iterable[Dataset]
) -> str:
    """The whole catalogue. `root` is the address of the site without a slash at the end."""
    datasets = list(datasets)
    catalogue = iri(f"{root}/katalog.ttl#katalog")
    owner = iri(f"{root}/katalog.ttl#utgiver")
    names = [iri(f"{root}/katalog.ttl#{d.key}") for d in datasets]
    parts = [PREFIXES]
    parts.append(f"{owner} a foaf:Agent ; foaf:name {literal(publisher)} .\n")
    parts.append(
        f"{catalogue} a dcat:Catalog ; dct:title {texts(title)} ; dct:description {texts(title)} ; dct:publisher {owner} ;\n"
        f"  dcat:dataset {', '.join(names)} .\n"
    )
    for name, dataset in zip(names, datasets, strict=True):
        distributions = " ,\n    ".join(
            f"[ a dcat:Distribution ; dcat:accessURL {iri(root + address)} ; dcat:downloadURL {iri(root + address)} ; "
            f"dct:license {iri(LICENCE)} ; dcat:mediaType {iri(MEDIA + kind)} ]"
            for address, kind in dataset.files
        )
        parts.append(
            f"{name} a dcat:Dataset ; dct:title {texts(dataset.title)} ; dct:description {texts(dataset.description)} ;\n"
            f"  dct:publisher {owner} ; dct:accessRights {iri(ACCESS)} ;\n"
            f"  dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail {iri('mailto:' + contact)} ] ;\n"
            f"  dcat:distribution {distributions} .\n"
        )
    return "\n".join(parts)
