"""The pages that Django serves; `/system_api/` is answered before it."""

from django.urls import include, path
from django.views.generic import RedirectView

from netledger.server import health, pages

urlpatterns = [
    path("", pages.home),
    path("page.css", pages.stylesheet),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", include("netledger.backoffice.urls")),
]
handler400 = pages.not_found
handler404 = pages.not_found
handler500 = pages.trouble
