"""Own notifications, the link that ends one kind, and what failed."""

from django.urls import path

from portal.notifications.views import confirming, own, stopping, stuck

app_name = "notifications"
urlpatterns = [
    path("tai-khoan/thong-bao/", own.preferences, name="preferences"),
    path("tai-khoan/thong-bao/da-gui/", own.told, name="told"),
    path("tai-khoan/thong-bao/xac-nhan/<slug:channel>/", confirming.confirm, name="confirm-address"),
    path("tai-khoan/thong-bao/xac-nhan/<slug:channel>/gui-ma/", confirming.send_code, name="send-code"),
    path("thong-bao/thoi-nhan/<str:token>/", stopping.stop, name="stop"),
    path("he-thong/thong-bao/", stuck.failed, name="failed"),
    path("he-thong/thong-bao/<uuid:key>/gui-lai/", stuck.send_again, name="send-again"),
]
