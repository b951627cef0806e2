"""One include per slice, no logic. Addresses are content, in Norwegian."""

from django.urls import include, path

urlpatterns = [
    path("", include("tillitsrom.web.urls")),
]
