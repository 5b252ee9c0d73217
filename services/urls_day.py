"""The day of the desk: numbers and their board, and codes on paper for an outage."""

from django.urls import URLPattern, path

from services.views import outage, register, tickets

OUTAGE = "mot-cua/mat-mang/"

urlpatterns: list[URLPattern] = [
    path("lay-so/<str:token>/", tickets.kiosk, name="kiosk"),
    path("so-thu-tu/<uuid:pk>/", tickets.ticket, name="ticket"),
    path("bang-goi-so/<bigid:unit>/", tickets.board, name="board"),
    path("mot-cua/goi-so/", tickets.counter, name="counter"),
    path("mot-cua/goi-so/goi/", tickets.call, name="call"),
    path("mot-cua/goi-so/cap/", tickets.hand, name="hand-number"),
    path("mot-cua/so-theo-doi/", register.register, name="register"),
    path("mot-cua/so-theo-doi.pdf", register.register_pdf, name="register-pdf"),
    path("mot-cua/so-theo-doi.xlsx", register.register_sheet, name="register-sheet"),
    path(OUTAGE, outage.blocks, name="outage"),
    path(f"{OUTAGE}<uuid:pk>/", outage.block, name="paper-block"),
    path(f"{OUTAGE}<uuid:pk>/in/", outage.sheet, name="paper-sheet"),
    path(f"{OUTAGE}<uuid:pk>/huy-het/", outage.void_rest, name="paper-void-rest"),
    path(f"{OUTAGE}so/<uuid:pk>/huy/", outage.void, name="paper-void"),
    path("mot-cua/ho-so/<uuid:pk>/tiep-nhan/so-giay/", outage.acceptance, name="desk-paper-acceptance"),
]
