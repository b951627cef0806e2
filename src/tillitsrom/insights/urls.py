from django.urls import path

from . import views, year_views
from .corpus import views as corpus

app_name = "insights"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("virksomheter/<int:pk>/", views.organisation, name="organisation"),
    path("virksomheter/<int:pk>/aret/", year_views.latest, name="latest_year"),
    path("virksomheter/<int:pk>/aret/<int:year>/", year_views.year, name="year"),
    path("korpus/", corpus.corpus, name="corpus"),
    path("korpus/krav/", corpus.requirements, name="corpus_requirements"),
    path("korpus/krav.csv", corpus.requirements_csv, name="corpus_requirements_csv"),
    path("korpus/dokumenter.csv", corpus.documents_csv, name="corpus_documents_csv"),
    path("korpus/figur/<slug:name>.<str:extension>", corpus.chart_download, name="corpus_chart"),
    path("figur/<slug:name>.<str:extension>", views.chart_download, name="chart"),
]
