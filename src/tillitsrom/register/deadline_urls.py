from django.urls import path

from .views import calendar

app_name = "deadlines"
urlpatterns = [
    path("", calendar.deadline_calendar, name="calendar"),
    path("frister.ics", calendar.deadline_ics, name="ics"),
]
