"""Addresses of signals, included at the root."""

from django.urls import path

from .views import calls, desk, dialogue, reply, report, signal

app_name = "signals"

urlpatterns = [
    path("meld/", report.report, name="report"),
    path("meld/likt/", report.alike, name="alike"),
    path("meld/krav/", report.requirements, name="requirements"),
    path("meld/svar/", reply.reply, name="reply"),
    path("dialog/", dialogue.mine, name="dialogues"),
    path("dialog/ny/", dialogue.ask, name="dialogue_ask"),
    path("dialog/<int:pk>/", dialogue.detail, name="dialogue"),
    path("dialog/<int:pk>/steg/<slug:action>/", dialogue.advance, name="dialogue_advance"),
    path("innspill/", calls.listed, name="calls"),
    path("innspill/ny/", calls.ask, name="call_ask"),
    path("innspill/<int:pk>/", calls.detail, name="call"),
    path("innspill/<int:pk>/steg/<slug:action>/", calls.advance, name="call_advance"),
    path("innspill/<int:pk>/problem/ny/", calls.write, name="statement_new"),
    path("innspill/<int:pk>/problem/<int:statement_pk>/", calls.write, name="statement"),
    path(
        "innspill/<int:pk>/problem/<int:statement_pk>/steg/<slug:action>/",
        calls.treat,
        name="statement_advance",
    ),
    path("meldinger/", desk.desk, name="desk"),
    path("meldinger/mine/", desk.mine, name="mine"),
    path("meldinger/<int:pk>/", signal.detail, name="detail"),
    path("meldinger/<int:pk>/steg/<slug:action>/", signal.advance, name="advance"),
    path("meldinger/<int:pk>/ogsa-meg/", signal.me_too, name="me_too"),
    path("meldinger/<int:pk>/ord/", signal.say, name="say"),
    path("meldinger/<int:pk>/samle/", signal.join, name="join"),
    path("meldinger/<int:pk>/skill/", signal.leave, name="leave"),
    path("meldinger/<int:pk>/brev/", signal.letter, name="letter"),
    path("meldinger/<int:pk>/brev.docx", signal.letter_file, name="letter_file"),
]
