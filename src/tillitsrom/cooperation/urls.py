"""Addresses of the cooperation between the parties, included at the root."""

from django.urls import include, path

from .views import case, case_figures, case_form, case_list, case_raise

app_name = "cooperation"

urlpatterns = [
    path("", include("tillitsrom.cooperation.meeting_urls")),
    path("saker/", case_list.cases, name="list"),
    path("saker/ny/", case_raise.raise_case, name="raise"),
    path("saker/venter-pa-folkevalgte/", case_list.politicians, name="politicians"),
    path("saker/tall/", case_figures.figures, name="figures"),
    path("saker/avvik.csv", case_figures.log_file, name="log_file"),
    path("saker/<int:pk>/", case.detail, name="case"),
    path("saker/<int:pk>/rediger/", case.edit, name="edit"),
    path("saker/<int:pk>/form/", case_form.classify, name="classify"),
    path("saker/<int:pk>/papir/<int:paper_pk>/", case.paper, name="paper"),
    path("saker/<int:pk>/steg/<slug:action>/", case.advance, name="advance"),
]
