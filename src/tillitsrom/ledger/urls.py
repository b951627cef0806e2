from django.urls import path

from .views import entry, ledger, question

app_name = "ledger"
urlpatterns = [
    path("", ledger.overview, name="overview"),
    path("tid-gitt-tilbake.csv", ledger.csv_file, name="csv"),
    path("tid-gitt-tilbake.xlsx", ledger.xlsx_file, name="xlsx"),
    path("tid-gitt-tilbake.json", ledger.json_file, name="json"),
    path("venter/", ledger.waiting, name="waiting"),
    path("sporsmal/<int:pk>/", question.answer, name="answer"),
    path("sporsmal/<int:pk>/takk/", question.thanks, name="thanks"),
    path("<int:pk>/", entry.detail, name="entry"),
    path("<int:pk>/<slug:action>/", entry.advance, name="advance"),
]
