from django.urls import path

from . import views

app_name = "checking"

urlpatterns = [
    path("", views.check_draft, name="draft"),
    path("regler/", views.rule_list, name="rules"),
    path("regler/<str:code>/", views.rule_detail, name="rule"),
    path("dokument/<int:pk>/", views.document_findings, name="document"),
]
