"""Addresses of people: included at the root."""

from django.contrib.auth.views import PasswordChangeDoneView
from django.urls import path

from .views import administration as admin
from .views import login, organisations, persons, profile

urlpatterns = [
    path("logg-inn/", login.LogIn.as_view(), name="login"),
    path("logg-ut/", login.LogOut.as_view(), name="logout"),
    path("passord/", login.AskForPassword.as_view(), name="password_reset"),
    path("passord/sendt/", login.LinkSent.as_view(), name="password_reset_done"),
    path("passord/nytt/<uidb64>/<token>/", login.ChoosePassword.as_view(), name="password_reset_confirm"),
    path("passord/ferdig/", login.PasswordChosen.as_view(), name="password_reset_complete"),
    path("passord/bytt/", login.ChangePassword.as_view(), name="password_change"),
    path("passord/byttet/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("meg/", profile.profile, name="profile"),
    path("meg/nokler/", profile.token_add, name="people_token_add"),
    path("meg/nokler/<int:pk>/fjern/", profile.token_remove, name="people_token_remove"),
    path("meg/data/", profile.own_data, name="people_own_data"),
    path("meg/slett/", profile.erase, name="people_erase_me"),
    path("virksomheter/", organisations.organisations, name="people_organisations"),
    path("virksomheter/<int:pk>/", organisations.organisation, name="people_organisation"),
    path("administrasjon/", admin.administration, name="people_administration"),
    path("administrasjon/virksomheter/ny/", admin.organisation_add, name="people_organisation_add"),
    path("administrasjon/virksomheter/<int:pk>/", admin.organisation_admin, name="people_organisation_admin"),
    path(
        "administrasjon/virksomheter/<int:pk>/endre/",
        admin.organisation_edit,
        name="people_organisation_edit",
    ),
    path("administrasjon/virksomheter/<int:pk>/enheter/ny/", admin.unit_add, name="people_unit_add"),
    path("administrasjon/enheter/<int:pk>/", admin.unit_edit, name="people_unit_edit"),
    path("administrasjon/virksomheter/<int:pk>/parter/ny/", admin.party_add, name="people_party_add"),
    path("administrasjon/parter/<int:pk>/", admin.party_edit, name="people_party_edit"),
    path("administrasjon/personer/", persons.persons, name="people_persons"),
    path("administrasjon/personer/ny/", persons.person_add, name="people_person_add"),
    path("administrasjon/personer/<int:pk>/", persons.person, name="people_person"),
    path("administrasjon/personer/<int:pk>/endre/", persons.person_edit, name="people_person_edit"),
    path("administrasjon/personer/<int:pk>/passordlenke/", persons.person_link, name="people_person_link"),
    path("administrasjon/personer/<int:pk>/steng/", persons.person_close, name="people_person_close"),
    path("administrasjon/personer/<int:pk>/apne/", persons.person_open, name="people_person_open"),
    path("administrasjon/personer/<int:pk>/slett/", persons.person_erase, name="people_person_erase"),
    path("administrasjon/personer/<int:pk>/roller/ny/", persons.membership_add, name="people_membership_add"),
    path("administrasjon/roller/<int:pk>/", persons.membership_edit, name="people_membership_edit"),
    path("administrasjon/roller/<int:pk>/avslutt/", persons.membership_end, name="people_membership_end"),
]
