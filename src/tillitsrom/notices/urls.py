"""Addresses of notices, included at the root."""

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("varsler/", views.mine, name="mine"),
    path("varsler/lest/", views.read_all, name="read_all"),
    path("varsler/<int:pk>/", views.follow, name="follow"),
    path("administrasjon/epost/", views.failed, name="failed"),
    path("administrasjon/epost/<int:pk>/igjen/", views.try_again, name="try_again"),
    path("administrasjon/epost/<int:pk>/la-vaere/", views.give_up, name="give_up"),
]
