"""Why a document could not be read, and what to do, in the reader's language, by the reader's stable codes."""

from django.conf import settings
from django.utils.translation import gettext as _

from .models import Document


def sentence(code: str, fallback: str = "") -> str:
    """What is wrong and how to mend it; the reader's own words for a code that is not known here."""
    limits = {
        "megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
        "pages": settings.UPLOAD_MAX_PAGES,
        "seconds": settings.UPLOAD_MAX_SECONDS,
    }
    known = {
        "empty": _("The file is empty. Download it or save it again, and upload it once more."),
        "unsupported": _(
            "This kind of file cannot be read. Save it as PDF, Word (.docx), HTML, Markdown, plain text or e-mail (.eml)."
        ),
        "wrong_type": _(
            "The content of the file is not what its name says. Give it the right ending, or save it again in the right format."
        ),
        "damaged": _("The file is damaged and cannot be read. Download it or save it again."),
        "encrypted": _(
            "The file is protected with a password. Save a copy without the password and upload that."
        ),
        "no_text": _(
            "We found no text in the document, not in its pictures either. Get the original or a sharper scan from the sender."
        ),
        "no_ocr": _(
            "The pages are scanned pictures, and text recognition is not installed here. Ask the administrator to install it, or get the original from the sender."
        ),
        "which_attachment": _(
            "The e-mail has several attachments that can be read. Save the one you want read, and upload that."
        ),
        "too_large": _(
            "The file is too large or holds too much text. The limit is %(megabytes)s MB. Split it."
        )
        % limits,
        "too_many_pages": _("The document has too many pages. The limit is %(pages)s. Split it.") % limits,
        "too_slow": _(
            "Reading took more than %(seconds)s seconds and was stopped. Try again, or split the document."
        )
        % limits,
        "too_much_memory": _(
            "Reading takes more memory than one document may have. Split it, or save it again without pictures."
        ),
        "not_found": _("The file is no longer in the store. Upload it again."),
        "not_text": _("The file holds something other than text. Save it as plain text and upload it again."),
    }
    return known.get(code) or fallback or _("Something unexpected went wrong. Try again.")


def reason(document: Document) -> str:
    return sentence(document.failure_code, document.failure_message)
