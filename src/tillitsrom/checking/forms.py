"""The shape of a draft that is to be checked."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.register import document_queries
from tillitsrom.register.actions.documents import SUFFIXES
from tillitsrom.register.models import Document

from .drafts import LONGEST_TEXT
from .rules import READ


class _Letter(forms.ModelChoiceField[Document]):
    """A choice of document that says its year first."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year} – {obj.title} ({obj.imposing_body.short} → {obj.addressee.short})"


class DraftForm(forms.Form):
    """A pasted text or a file, and the letter that it follows."""

    text = forms.CharField(
        label=_("Paste the text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    draft = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    previous = _Letter(
        label=_("Compare with"),
        queryset=None,
        required=False,
        empty_label=_("Nothing"),
        help_text=_(
            "Last year’s letter. The draft is then also held against what else is in force for the same addressee, as far as "
            "you may see it."
        ),
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["previous"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # so declared above
        field.queryset = document_queries.listed(actor).filter(status__in=READ)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text, file = (data.get("text") or "").strip(), data.get("draft")
        if text and file:
            raise ValidationError(gettext("Paste a text or choose a file, not both."))
        if not text and not file and not self.errors:
            self.add_error("text", gettext("Paste the text of the draft here, or choose a file."))
        if file:
            self._clean_file(file.name or "", file.size or 0)
        return data

    def _clean_file(self, name: str, size: int) -> None:
        if Path(name).suffix.lower() not in SUFFIXES:
            self.add_error(
                "draft",
                gettext(
                    "This kind of file cannot be read. Save it as PDF, Word (.docx), HTML, Markdown or plain text."
                ),
            )
        elif size > settings.CHECK_MAX_BYTES:
            megabytes = settings.CHECK_MAX_BYTES // (1024 * 1024)
            self.add_error(
                "draft",
                gettext("The file is too large. The limit is %(megabytes)s MB.") % {"megabytes": megabytes},
            )
