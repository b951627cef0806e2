from django.urls import path

from .views import areas, classifier, local

app_name = "agreements"
urlpatterns = [
    path("", areas.overview, name="overview"),
    path("hvilken-form/", classifier.which_form, name="which_form"),
    path("omrade/<slug:code>/", areas.area, name="area"),
    path("virksomhet/<int:pk>/", areas.organisation, name="organisation"),
    path("virksomhet/<int:pk>/omrade/", areas.choose_area, name="choose_area"),
    path("virksomhet/<int:pk>/ny/", local.begin, name="begin"),
    path("<int:pk>/", local.detail, name="local"),
    path("<int:pk>/rediger/", local.edit, name="edit"),
    path("<int:pk>/signer/<int:party_pk>/", local.sign, name="sign"),
    path("<int:pk>/<slug:action>/", local.advance, name="advance"),
]
