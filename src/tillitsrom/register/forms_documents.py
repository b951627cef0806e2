"""Shapes of input about documents: the facts, the upload of one or several files, a candidate's answer."""

import hashlib
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.models import Openness
from tillitsrom.core.openness import GROUND_CHOICES
from tillitsrom.people import rules as people_rules
from tillitsrom.people.models import Organisation, User
from tillitsrom.web.forms import DateInput

from . import rules
from .actions.documents import SUFFIXES, Facts
from .actions.review import LONGEST_SENTENCE
from .dates import last_day
from .models import Candidate, Document, RequirementClass


def _ground_choices() -> list[tuple[str, str]]:
    return [("", gettext("Choose a legal basis")), *GROUND_CHOICES()]


class _Letter(forms.ModelChoiceField[Document]):
    """A choice of document that says its year first."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year} – {obj.title} ({obj.imposing_body.short} → {obj.addressee.short})"


def seen_facts(document: Document) -> str:
    """A mark of the facts as they are now: another mark means that somebody has changed them."""
    names = ("title", "kind", "year", "imposing_body_id", "addressee_id", "follows_id", "openness")
    more = ("exempt_ground", "exempt_review_on")
    facts = "\x1f".join(str(getattr(document, name)) for name in (*names, *more))
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


class FactsForm(forms.Form):
    """What a person says about a document."""

    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1900,
        max_value=2200,
        help_text=_("The year that the document is for."),
        error_messages={"invalid": _("Write the year with four digits, for example 2026.")},
    )
    imposing_body = forms.ModelChoiceField[Organisation](
        label=_("Imposing body"),
        queryset=None,
        empty_label=_("Choose a body"),
        help_text=_("The body that makes the demands."),
    )
    addressee = forms.ModelChoiceField[Organisation](
        label=_("Addressee"),
        queryset=None,
        empty_label=_("Choose a body"),
        help_text=_("The body that the document is sent to."),
    )
    follows = _Letter(
        label=_("Follows"),
        queryset=None,
        required=False,
        empty_label=_("No earlier document"),
        help_text=_("Last year's letter, which this one is compared with and takes over from."),
    )
    openness = forms.ChoiceField(
        label=_("Openness"),
        choices=Openness,
        initial=Openness.OPEN,
        help_text=_("A published document is open to all unless the law says otherwise."),
    )
    exempt_ground = forms.ChoiceField(
        label=_("Legal basis for the exemption"), choices=_ground_choices, required=False
    )
    exempt_review_on = forms.DateField(
        label=_("The exemption is reviewed on"),
        required=False,
        widget=DateInput,
        help_text=_("No exemption lasts for ever. On this day you are asked whether it is still needed."),
    )

    def __init__(self, *args: Any, actor: User, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.document = document
        bodies = people_rules.organisations_visible_to(actor)
        earlier = (
            rules.documents_visible_to(actor)
            .exclude(status=Document.Status.WITHDRAWN)
            .defer("text", "pages")
            .select_related("imposing_body", "addressee")
            .order_by("-year", "title", "pk")
        )
        if document is not None:
            earlier = earlier.exclude(pk=document.pk)
            self.fields["seen"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=seen_facts(document)
            )
        for name, queryset in (("imposing_body", bodies), ("addressee", bodies), ("follows", earlier)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # so declared above
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.document is not None:
            self._clean_seen(self.document)
        self._clean_openness(data)
        imposing, addressee, follows = data.get("imposing_body"), data.get("addressee"), data.get("follows")
        if imposing and addressee:
            decision = rules.may_register(self.actor, Document(imposing_body=imposing, addressee=addressee))
            if not decision:
                self.add_error(
                    "addressee",
                    gettext("One of the two bodies must be one that you keep the register for."),
                )
        if follows and data.get("year") and follows.year > data["year"]:
            self.add_error("follows", gettext("A document cannot follow one from a later year."))
        return data

    def _clean_seen(self, document: Document) -> None:
        """Nobody's change is overwritten unseen. What was typed stays, and is saved if it is sent once more."""
        now = seen_facts(document)
        if self.cleaned_data.get("seen") == now:
            return
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = now
        self.data = typed
        self.add_error(
            None,
            gettext(
                "Somebody else has changed these facts since you opened the page. Open the document beside this page and "
                "compare. If you save once more, what you wrote here holds."
            ),
        )

    def _clean_openness(self, data: dict[str, Any]) -> None:
        """An exemption has a legal basis and a day in the future; an open document has neither (R18)."""
        if data.get("openness") != Openness.EXEMPT:
            data["exempt_ground"], data["exempt_review_on"] = "", None
            return
        if not data.get("exempt_ground"):
            self.add_error(
                "exempt_ground", gettext("Choose the section of the law that the exemption rests on.")
            )
        day = data.get("exempt_review_on")
        if not day and "exempt_review_on" not in self.errors:
            self.add_error("exempt_review_on", gettext("Say when the exemption is to be reviewed."))
        elif day and day <= timezone.localdate():
            self.add_error("exempt_review_on", gettext("Choose a day that has not been yet."))

    def facts(self) -> Facts:
        """The cleaned values as the actions take them."""
        names = ("kind", "year", "imposing_body", "addressee", "follows", "openness", "exempt_ground")
        return Facts(
            title=self.cleaned_data.get("title") or "",
            exempt_review_on=self.cleaned_data["exempt_review_on"],
            **{name: self.cleaned_data[name] for name in names},
        )


class _FilesInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files; each is checked by the action that takes it in."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise ValidationError(gettext("Choose at least one file."))
        return [file for file in files if file]


class UploadForm(FactsForm):
    """The facts and the files. Several files share the facts; their titles come from the files themselves."""

    documents = _FilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=_FilesInput(attrs={"accept": ",".join(SUFFIXES), "multiple": True}),
        help_text=_(
            "PDF, also scanned, Word (.docx), HTML, Markdown, plain text, or an e-mail (.eml) with one such attachment. You may choose several."
        ),
    )

    field_order = ("documents", "kind", "year", "imposing_body", "addressee", "follows", "title")

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit
        self.fields["title"].required = False
        self.fields["title"].help_text = gettext(
            "Leave it empty and we take the title from the document. With several files each gets its own."
        )

    def clean_documents(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["documents"]
        if len(files) > self.limit:
            raise ValidationError(
                gettext("You chose %(count)s files. Send at most %(limit)s at a time."),
                params={"count": len(files), "limit": self.limit},
            )
        return files

    def facts(self) -> Facts:
        if len(self.cleaned_data["documents"]) > 1:
            self.cleaned_data["title"] = ""
        return super().facts()


def _iso(value: str) -> str:
    last_day(value)
    return value


class MissedForm(forms.Form):
    """A requirement that the reader missed: its sentence, copied from the document, and its class."""

    sentence = forms.CharField(
        label=_("The sentence as it stands in the document"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Copy the whole sentence or list item from the text."),
    )
    requirement_class = forms.ChoiceField(label=_("Class"), choices=RequirementClass)


class CandidateForm(forms.ModelForm[Candidate]):
    """What the reviewer corrects in a candidate."""

    requirement_class = forms.ChoiceField(label=_("Class"), choices=RequirementClass)

    class Meta:
        model = Candidate
        fields = ("requirement_class", "deadline", "addressee", "assignment")
        labels = {
            "deadline": _("Deadline"),
            "addressee": _("Who must act"),
            "assignment": _("Assignment"),
        }
        help_texts = {
            "deadline": _("A date, a month or a year: 2026-06-30, 2026-06 or 2026. Leave it empty for none."),
            "addressee": _("Leave it empty when it is the addressee of the whole document."),
        }

    def clean_deadline(self) -> str:
        return _iso(self.cleaned_data["deadline"].strip())


def errors_of(error: ValidationError) -> str:
    """All that a ValidationError says, as one text."""
    messages: Iterable[str] = error.messages
    return " ".join(messages)
