from django.urls import path

from .views import decide, duties, obstacles, requests

app_name = "outcomes"
urlpatterns = [
    path("avgjor/<slug:kind>/<int:pk>/", decide.decide, name="decide"),
    path("avgjorelser/", decide.listed, name="decisions"),
    path("avgjorelser/avgjorelser.csv", decide.listed_file, name="decisions_file"),
    path("avgjorelser/<int:pk>/", decide.detail, name="decision"),
    path("eier/", requests.desk, name="desk"),
    path("krav-til-eier/", requests.listed, name="requests"),
    path("krav-til-eier/krav-til-eier.csv", requests.listed_file, name="requests_file"),
    path("krav-til-eier/ny/<int:pk>/", requests.ask, name="ask"),
    path("krav-til-eier/<int:pk>/", requests.detail, name="request"),
    path("krav-til-eier/<int:pk>/brev/", requests.letter, name="letter"),
    path("krav-til-eier/<int:pk>/brev.docx", requests.letter_file, name="letter_file"),
    path("krav-til-eier/<int:pk>/<slug:action>/", requests.advance, name="advance"),
    path("lovhindre/", obstacles.listed, name="obstacles"),
    path("lovhindre/lovhindre.csv", obstacles.listed_file, name="obstacles_file"),
    path("lovhindre/<int:pk>/", obstacles.detail, name="obstacle"),
    path("lovhindre/<int:pk>/endret/", obstacles.change, name="obstacle_change"),
    path("nye-rapporteringskrav/", duties.listed, name="duties"),
    path("nye-rapporteringskrav/nye-rapporteringskrav.csv", duties.listed_file, name="duties_file"),
    path("nye-rapporteringskrav/ny/", duties.register, name="duty_new"),
    path("nye-rapporteringskrav/<int:pk>/", duties.detail, name="duty"),
    path("nye-rapporteringskrav/<int:pk>/<slug:action>/", duties.advance, name="duty_advance"),
]
