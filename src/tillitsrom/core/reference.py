"""The API's documentation as a page of our own: made from the OpenAPI, readable without scripts, nothing from elsewhere."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from .problem import KINDS

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    type: str
    required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer."""

    status: str
    type: str
    schema: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    open: bool
    parameters: list[Field]
    body_type: str
    body: list[Field]
    answers: list[Answer]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema: what an answer or a body consists of."""

    name: str
    description: str
    fields: list[Field]


class ReferencePage(DocsBase):
    """Draws the documentation page."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
        context = {
            "api": api,
            "groups": groups(schema, request.build_absolute_uri("/").rstrip("/")),
            "shapes": shapes(schema),
            "problems": [(kind, status, title) for kind, (status, title) in KINDS.items()],
            "openapi_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "core/api_reference.html", context)


def groups(schema: dict[str, Any], site: str) -> list[tuple[str, list[Operation]]]:
    """Operations under their tags, in the order of the OpenAPI."""
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                raw = methods[method]
                tag = (raw.get("tags") or ["API"])[0]
                found.setdefault(tag, []).append(_operation(schema, path, method, raw, site))
    return list(found.items())


def _operation(schema: dict[str, Any], path: str, method: str, raw: dict[str, Any], site: str) -> Operation:
    content: dict[str, Any] = raw.get("requestBody", {}).get("content", {})
    media: str = next(iter(content), "")
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        summary=raw.get("summary", ""),
        description=raw.get("description", ""),
        # Only what needs a key can answer that the caller may not.
        open=method == "get" and raw["operationId"] != "list_candidates" and _is_open(raw),
        parameters=[
            Field(p["name"], type_of(p["schema"]), p.get("required", False), _says(p), p["in"])
            for p in raw.get("parameters", [])
        ],
        body_type=media,
        body=fields(schema, content[media]["schema"] if media else {}),
        answers=[
            Answer(status, type_of(_content(answer)), _name(_content(answer)))
            for status, answer in raw["responses"].items()
        ],
        example=_example(path, method, media, site, open_=_is_open(raw)),
    )


def _is_open(raw: dict[str, Any]) -> bool:
    """Whether nothing at all is one of the ways to be let in."""
    return {} in raw.get("security", [])


def _says(parameter: dict[str, Any]) -> str:
    return str(parameter.get("description") or parameter["schema"].get("description", ""))


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = next(iter(answer.get("content", {}).values()), {})
    schema: dict[str, Any] = first.get("schema", {})
    return schema


def _example(path: str, method: str, media: str, site: str, *, open_: bool) -> str:
    parts = ["curl"]
    if method != "get":
        parts.append(f"-X {method.upper()}")
    if not open_:
        parts.append('-H "Authorization: Bearer trom_…"')
    if media == "application/json":
        parts.append("-H 'Content-Type: application/json' -d '{…}'")
    elif media:
        parts.append("-F file=@letter.pdf -F title=… -F year=…")
    return " ".join([*parts, f"'{site}{path}'"])


def shapes(schema: dict[str, Any]) -> list[Shape]:
    """Every schema that is an object, by name."""
    return [
        Shape(name, raw.get("description", ""), fields(schema, raw))
        for name, raw in sorted(schema["components"]["schemas"].items())
        if raw.get("properties")
    ]


def fields(schema: dict[str, Any], raw: dict[str, Any]) -> list[Field]:
    """The fields of an object, wherever it is described."""
    if "$ref" in raw:
        raw = schema["components"]["schemas"][_name(raw)]
    wanted = raw.get("required", [])
    return [
        Field(name, type_of(one), name in wanted, one.get("description", ""))
        for name, one in raw.get("properties", {}).items()
    ]


def _name(raw: dict[str, Any]) -> str:
    """The name of the schema that is referred to, also as the items of a list."""
    if "$ref" in raw:
        return str(raw["$ref"]).rsplit("/", 1)[-1]
    return _name(raw["items"]) if "items" in raw else ""


def type_of(raw: dict[str, Any]) -> str:
    """A type in few words: integer, text, list of …, one of a, b or null."""
    if "$ref" in raw:
        return _name(raw)
    for several in ("anyOf", "allOf"):
        if several in raw:
            return " | ".join(type_of(one) for one in raw[several])
    if "enum" in raw:
        return " | ".join(str(one) for one in raw["enum"])
    if raw.get("type") == "array":
        return f"[{type_of(raw.get('items', {}))}]"
    kind = str(raw.get("type", ""))
    return f"{kind} ({raw['format']})" if raw.get("format") else kind
