"""The shell's own addresses; included at the root."""

from django.urls import path

from . import views

urlpatterns = [
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("personvern/", views.privacy, name="privacy"),
    path("valg/sprak/", views.set_language, name="set_language"),
    path("valg/farger/", views.set_scheme, name="set_scheme"),
    path("valg/virksomhet/", views.set_organisation, name="set_organisation"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
]
