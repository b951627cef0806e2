"""The answer to a confidential signal, by its code. The code is sent in the body and kept nowhere; nothing is written by reading."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Refused
from tillitsrom.signals import queries
from tillitsrom.signals.actions import say_by_code
from tillitsrom.signals.forms import CodeForm, SayForm
from tillitsrom.signals.models import Signal

from .report import UNPROCESSABLE, is_too_many, padded

TRIES_A_MINUTE = 20


@login_not_required
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest) -> HttpResponse:
    """Ask for the code; then show where the signal stands, the talk, and a field to go on talking."""
    if request.method != "POST":
        return render(request, "signals/code.html", {"form": CodeForm()})
    if is_too_many(request, "meld-svar", TRIES_A_MINUTE, 60):
        return render(request, "signals/too_many.html", status=429)
    form = CodeForm(request.POST)
    signal = queries.by_code(form.cleaned_data["code"]) if form.is_valid() else None
    if signal is None:
        if form.is_valid():
            form.add_error(
                "code", _("There is no signal with this code. Look for a letter that was mistyped.")
            )
        return padded(render(request, "signals/code.html", {"form": form}, status=UNPROCESSABLE))
    words = SayForm(request.POST if "text" in request.POST else None)
    said = ""
    if "text" in request.POST and words.is_valid():
        said = _say(signal, words, "reopen" in request.POST)
        if said:
            words = SayForm()
    context = {
        "signal": signal,
        "code": form.cleaned_data["code"],
        "words": words,
        "said": said,
        "talk": signal.messages.select_related("author"),
        "may_reopen": signal.status == Signal.Status.ANSWERED
        and not signal.reopened_once
        and not signal.messages.filter(reopens=True).exists(),
    }
    return padded(render(request, "signals/reply.html", context))


def _say(signal: Signal, words: SayForm, reopens: bool) -> str:
    """Store what was written, once; the sentence that says when it will be read, or nothing where it was refused."""
    text = words.cleaned_data["text"]
    # The same text again is a form that was sent twice.
    if signal.messages.filter(confidential=True, opened=False, text=text.strip()).exists():
        return _("Your message is stored.")
    try:
        message = say_by_code(signal=signal, text=text, reopens=reopens)
    except ValidationError as error:
        words.add_error("text", ValidationError(error.messages))
        return ""
    except Refused as refusal:
        words.add_error(None, str(refusal))
        return ""
    return _("Your message is stored. It will be read from %(day)s.") % {"day": in_figures(message.opens_on)}
