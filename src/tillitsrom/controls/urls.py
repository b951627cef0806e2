from django.urls import path

from . import views, views_steps

app_name = "controls"
urlpatterns = [
    path("", views.listed, name="list"),
    path("kontrolltiltak.csv", views.listed_file, name="list_file"),
    path("tall/", views.figures, name="figures"),
    path("tall/kontrolltiltak-tall.csv", views.figures_file, name="figures_file"),
    path("ny/", views_steps.register, name="new"),
    path("<int:pk>/", views_steps.detail, name="detail"),
    path("<int:pk>/rediger/", views_steps.edit, name="edit"),
    path("<int:pk>/steg/<slug:action>/", views_steps.advance, name="advance"),
]
