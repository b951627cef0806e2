from django.urls import path

from . import views

app_name = "insights"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("virksomheter/<int:pk>/", views.organisation, name="organisation"),
    path("figur/<slug:name>.<str:extension>", views.chart_download, name="chart"),
]
