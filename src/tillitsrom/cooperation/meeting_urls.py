"""Addresses of bodies, meetings, minutes, informal talks and the sheet for the meeting; names are those of the cooperation."""

from django.urls import path

from .views import bodies, contacts, kit, meetings, minutes, minutes_files

urlpatterns = [
    path("organer/", bodies.bodies, name="bodies"),
    path("organer/ny/<int:organisation_pk>/", bodies.new, name="body_new"),
    path("organer/<int:pk>/", bodies.body, name="body"),
    path("organer/<int:pk>/rediger/", bodies.edit, name="body_edit"),
    path("organer/<int:pk>/plass/", bodies.seat, name="seat_new"),
    path("organer/<int:pk>/plass/<int:seat_pk>/", bodies.seat, name="seat"),
    path("organer/<int:pk>/plass/<int:seat_pk>/avslutt/", bodies.end_seat, name="seat_end"),
    path("moter/", meetings.meetings, name="meetings"),
    path("moter/ny/", meetings.plan, name="meeting_plan"),
    path("moter/<int:pk>/", meetings.meeting, name="meeting"),
    path("moter/<int:pk>/rediger/", meetings.edit, name="meeting_edit"),
    path("moter/<int:pk>/sakliste/", meetings.agenda, name="meeting_agenda"),
    path("moter/<int:pk>/oppmote/", meetings.attend, name="meeting_attend"),
    path("moter/<int:pk>/kalender.ics", meetings.calendar_file, name="meeting_ics"),
    path("moter/<int:pk>/steg/<slug:action>/", meetings.advance, name="meeting_advance"),
    path("moter/<int:pk>/referat/<int:case_pk>/", minutes.start, name="minutes_start"),
    path("referat/<int:pk>/", minutes.minutes, name="minutes"),
    path("referat/<int:pk>/tekst/", minutes.write, name="minutes_write"),
    path("referat/<int:pk>/syn/<int:party_pk>/", minutes.write_view, name="minutes_view"),
    path("referat/<int:pk>/steg/<slug:action>/", minutes.advance, name="minutes_advance"),
    path("referat/<int:pk>/referat.pdf", minutes_files.pdf_file, name="minutes_pdf"),
    path("referat/<int:pk>/referat.docx", minutes_files.docx_file, name="minutes_docx"),
    path("referat/<int:pk>/referat.txt", minutes_files.text_file, name="minutes_text"),
    path("samtaler/", contacts.contacts, name="contacts"),
    path("samtaler/ny/<int:organisation_pk>/", contacts.log, name="contact_new"),
    path("saker/<int:pk>/brekkjern/", kit.kit, name="kit"),
    path("saker/<int:pk>/brekkjern/fil/", kit.kit_file, name="kit_file"),
]
