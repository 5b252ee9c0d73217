"""Sign-in and the account. Nothing else signs anybody in; tests/accounts/test_addresses.py holds the list."""

from django.urls import path

from portal.accounts.views import citizen, first, officer, sessions

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", citizen.sign_in, name="sign-in"),
    path("dang-nhap/vneid/", citizen.start, name="vneid-start"),
    path("dang-nhap/vneid/tra-loi/", citizen.answer, name="vneid-answer"),
    path("dang-nhap/can-bo/vneid/", citizen.start_officer, name="vneid-start-officer"),
    path("dang-nhap/can-bo/lan-dau/", first.first_sign_in, name="first-sign-in"),
    path("tai-khoan/xac-thuc/ung-dung/ma-qr.svg", officer.totp_square, name="totp-square"),
    path("tai-khoan/phien/", sessions.own_sessions, name="sessions"),
    path("tai-khoan/phien/ket-thuc-phien-khac/", sessions.end_others, name="sessions-end-others"),
    path("tai-khoan/phien/<uuid:public_id>/ket-thuc/", sessions.end, name="session-end"),
]
