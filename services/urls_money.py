"""The pages of fees, payments and refunds."""

from django.urls import URLPattern, path

from services.views import desk_fees, finance, own_fees

OWN = "ho-so-cua-toi/<uuid:pk>/phi/"
DESK = "mot-cua/ho-so/<uuid:pk>/phi/"
REFUND = "thu-phi/hoan-tra/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(OWN, own_fees.fee, name="own-fee"),
    path(f"{OWN}mien-giam/", own_fees.claim, name="own-fee-claim"),
    path(f"{OWN}<uuid:payment_id>/", own_fees.payment, name="own-payment"),
    path(f"{OWN}<uuid:payment_id>/ma.svg", own_fees.payment_square, name="own-payment-square"),
    path("thanh-toan/<slug:reference>/", own_fees.back, name="payment-back"),
    path(DESK, desk_fees.fee, name="desk-fee"),
    path(f"{DESK}khong-mien/", desk_fees.deny, name="desk-fee-denial"),
    path(f"{DESK}tien-mat/", desk_fees.cash, name="desk-cash"),
    path(f"{DESK}ma-qr/", desk_fees.transfer, name="desk-transfer"),
    path(f"{DESK}<uuid:payment_id>/", desk_fees.payment, name="desk-payment"),
    path(f"{DESK}<uuid:payment_id>/ma.svg", desk_fees.payment_square, name="desk-payment-square"),
    path("thu-phi/", finance.collected, name="finance"),
    path("thu-phi/quyet-toan.csv", finance.sheet, name="finance-sheet"),
    path("thu-phi/can-xu-ly/", finance.waiting, name="finance-waiting"),
    path("thu-phi/tai-khoan/<bigid:unit_id>/", finance.account, name="finance-account"),
    path("thu-phi/da-thu/<uuid:pk>/", finance.settling, name="finance-settling"),
    path(REFUND, finance.refund, name="finance-refund"),
    path(f"{REFUND}duyet/", finance.approval, name="finance-approval"),
    path(f"{REFUND}khong-duyet/", finance.denial, name="finance-denial"),
    path(f"{REFUND}da-tra/", finance.completion, name="finance-completion"),
]
