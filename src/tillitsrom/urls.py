"""One include per slice, no logic. Addresses are content, in Norwegian."""

from django.urls import include, path

from tillitsrom.api import urls as api_urls

urlpatterns = [
    path("", include("tillitsrom.portal.urls")),
    path("", include("tillitsrom.web.urls")),
    path("", include("tillitsrom.people.urls")),
    path("dokumenter/", include("tillitsrom.register.document_urls")),
    path("krav/", include("tillitsrom.register.requirement_urls")),
    path("sjekk/", include("tillitsrom.checking.urls")),
    path("frister/", include("tillitsrom.register.deadline_urls")),
    path("avtaler/", include("tillitsrom.rulesets.urls")),
    path("api/v1/", include(api_urls)),
    path("innsikt/", include("tillitsrom.insights.urls")),
    path("kontrolltiltak/", include("tillitsrom.controls.urls")),
    path("tid-gitt-tilbake/", include("tillitsrom.ledger.urls")),
    path("", include("tillitsrom.notices.urls")),
    path("", include("tillitsrom.signals.urls")),
    path("", include("tillitsrom.outcomes.urls")),
    path("", include("tillitsrom.cooperation.urls")),
]

handler400 = "tillitsrom.web.views.bad_request"
handler403 = "tillitsrom.web.views.permission_denied"
handler404 = "tillitsrom.web.views.page_not_found"
handler500 = "tillitsrom.web.views.server_error"
