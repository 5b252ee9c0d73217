"""What goes between units: questions with their answers, hand-overs with their receipts, and joined dossiers."""

from django.urls import URLPattern, path

from services.urls_work import STEP
from services.views import consultations, consulting, handovers, joined

ONE = "y-kien/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{STEP}lay-y-kien/", consulting.ask, name="work-consult"),
    path(f"{STEP}phieu-chuyen.pdf", consulting.slip, name="work-slip"),
    path("y-kien/", consultations.inbox, name="consultations"),
    path(ONE, consultations.consultation, name="consultation"),
    path(f"{ONE}tra-loi/", consultations.opinion, name="opinion"),
    path(f"{ONE}thu-hoi/", consultations.revocation, name="revocation"),
    path("mot-cua/ho-so/<uuid:pk>/han-lien-thong/", joined.joint_limit, name="joint-limit"),
    path("ban-giao/", handovers.handovers, name="handovers"),
    path("mot-cua/ho-so/<uuid:pk>/mau-06.pdf", handovers.slip, name="control-slip"),
]
