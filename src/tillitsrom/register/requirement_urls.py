from django.urls import path

from .views import requirement, requirements

app_name = "requirements"
urlpatterns = [
    path("", requirements.requirement_list, name="list"),
    path("eksport.csv", requirements.requirement_export, {"kind": "csv"}, name="csv"),
    path("eksport.xlsx", requirements.requirement_export, {"kind": "xlsx"}, name="xlsx"),
    path("eksport.json", requirements.requirement_export, {"kind": "json"}, name="json"),
    path("<int:pk>/", requirement.requirement_detail, name="detail"),
    path("<int:pk>/rediger/", requirement.requirement_describe, name="describe"),
    path("<int:pk>/<str:action>/", requirement.requirement_advance, name="advance"),
]
