"""What goes between units: questions with their answers, and hand-overs with their receipts."""

from django.urls import URLPattern, path

from services.urls_work import STEP
from services.views import consultations, consulting, handovers

ONE = "y-kien/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{STEP}lay-y-kien/", consulting.ask, name="work-consult"),
    path(f"{STEP}phieu-chuyen.pdf", consulting.slip, name="work-slip"),
    path("y-kien/", consultations.inbox, name="consultations"),
    path(ONE, consultations.consultation, name="consultation"),
    path(f"{ONE}tra-loi/", consultations.opinion, name="opinion"),
    path(f"{ONE}thu-hoi/", consultations.revocation, name="revocation"),
    path("ban-giao/", handovers.handovers, name="handovers"),
    path("mot-cua/ho-so/<uuid:pk>/mau-06.pdf", handovers.slip, name="control-slip"),
]
