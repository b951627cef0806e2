from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("apne-data/", views.open_data, name="open_data"),
    path("katalog.ttl", views.catalogue, name="catalogue"),
    path("unntatt/", views.exempted, name="exempted"),
    path("om/", views.about, name="about"),
]
