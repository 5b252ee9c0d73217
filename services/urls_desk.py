"""The pages of the one-stop desk."""

from django.urls import URLPattern, path

from services.views import desk, desk_deeds, desk_dossier, told

ONE = "mot-cua/ho-so/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("mot-cua/", desk.queue, name="desk"),
    path(ONE, desk_dossier.dossier, name="desk-dossier"),
    path(f"{ONE}da-bao/", told.told, name="desk-told"),
    path(f"{ONE}giay-to/", desk_dossier.papers, name="desk-papers"),
    path(f"{ONE}trao-doi/", desk_dossier.message, name="desk-message"),
    path(f"{ONE}ghi-chu/", desk_dossier.note, name="desk-note"),
    path(f"{ONE}tiep-nhan/", desk_deeds.acceptance, name="desk-acceptance"),
    path(f"{ONE}bo-sung/", desk_deeds.supplement, name="desk-supplement"),
    path(f"{ONE}tu-choi/", desk_deeds.refusal, name="desk-refusal"),
    path(f"{ONE}chuyen/", desk_deeds.rerouting, name="desk-rerouting"),
    path(f"{ONE}tra-ket-qua/", desk_deeds.handing_out, name="desk-handing-out"),
]
