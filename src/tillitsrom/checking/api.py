"""Check a draft from a program: it goes in, the findings come out, and nothing is kept."""

from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema
from ninja.errors import Throttled
from ninja.files import UploadedFile
from pydantic import WithJsonSchema

from tillitsrom.core.decisions import require
from tillitsrom.core.http import person_of
from tillitsrom.core.paging import LARGEST_KEY
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import WRITING
from tillitsrom.reading.check.output import FORMATS, Checked, sarif
from tillitsrom.reading.check.registry import BY_CODE
from tillitsrom.reading.check.texts import text_of
from tillitsrom.reading.model import ReadingError
from tillitsrom.register.models import RequirementClass

from . import checks, rules
from .forms import DraftForm
from .shown import language, translated

router = Router(tags=["Check"])

CLASS = WithJsonSchema({"type": "string", "enum": list(RequirementClass.values)})


class CheckIn(Schema):
    """The draft as text, or as the part `file`; not both."""

    text: str = Field("", description="The text of the draft, plain or Markdown.")
    previous: int | None = Field(
        None, ge=1, le=LARGEST_KEY, description="Last year's letter in the register, to compare with."
    )
    format: Literal["json", "sarif", "markdown"] = "json"


class RelatedOut(Schema):
    document: str
    start: int
    end: int
    quote: str


class FindingOut(Schema):
    """One thing to look at. Offsets count in characters of the text as it was read."""

    code: str
    name: str
    title: str = Field(description="The rule in the caller's language.")
    severity: Literal["error", "warning", "note"]
    start: int
    end: int
    page: int | None
    quote: str
    message: str = Field(description="What is wrong and what to do, in the caller's language.")
    rule_address: str = Field(description="The page that explains the rule.")
    related: list[RelatedOut]


class ClassCountOut(Schema):
    requirement_class: Annotated[str, CLASS]
    count: int
    before: int | None = Field(description="How many in the letter it was compared with.")


class CheckOut(Schema):
    """What was found. Nothing of the draft is stored."""

    findings: list[FindingOut]
    classes: list[ClassCountOut]
    compared_with: list[int] = Field(description="The documents of the register that it was held against.")


@router.post(
    "",
    auth=WRITING,
    response={
        200: CheckOut,
        401: Problem,
        403: Problem,
        409: Problem,
        413: Problem,
        422: Problem,
        429: Problem,
    },
    operation_id="check_draft",
    summary="Check a draft",
    description="Reads a draft and says what makes it heavy to be steered by, as multipart/form-data. The draft is not stored: "
    "not in the database, a file, the log or the history. With `format` the answer is SARIF 2.1.0 or Markdown instead.",
)
def check_draft(request: HttpRequest, draft: Form[CheckIn], file: File[UploadedFile | None] = None) -> object:
    person = person_of(request)
    require(rules.may_check_drafts(person))
    form = DraftForm(
        {"text": draft.text, "previous": draft.previous or ""}, {"draft": file} if file else {}, actor=person
    )
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    if wait := checks.wait_for(person):
        raise Throttled(wait)
    try:
        result = checks.check_draft(
            person, text=form.cleaned_data["text"], file=file, previous=form.cleaned_data["previous"]
        )
    except ReadingError as error:
        raise ValidationError({"draft": checks.in_words(error)}) from None
    return _file(result, draft.format) or _shape(result)


def _file(result: checks.Result, form: str) -> HttpResponse | None:
    checked = [Checked(result.reading.document.name, result.reading, translated(result.findings))]
    if form == "sarif":
        return HttpResponse(sarif(checked, language()), content_type="application/sarif+json")
    if form == "markdown":
        return HttpResponse(FORMATS[form](checked), content_type="text/markdown; charset=utf-8")
    return None


def _shape(result: checks.Result) -> dict[str, Any]:
    held = [*([result.previous] if result.previous else []), *result.others]
    return {
        "findings": [
            {
                "code": f.code,
                "name": BY_CODE[f.code].name,
                "title": text_of(BY_CODE[f.code], language()).title,
                "severity": f.severity.value,
                "start": f.start,
                "end": f.end,
                "page": f.page,
                "quote": f.quote,
                "message": f.message,
                "rule_address": f"/sjekk/regler/{f.code}/",
                "related": [
                    {"document": r.document, "start": r.start, "end": r.end, "quote": r.quote}
                    for r in f.related
                ],
            }
            for f in translated(result.findings)
        ],
        "classes": [
            {"requirement_class": line.kind, "count": line.count, "before": line.before}
            for line in result.classes
        ],
        "compared_with": [one.pk for one in held],
    }
