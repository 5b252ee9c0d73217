"""What the payment platform calls."""

from django.urls import URLPattern, path

from integrations.payments import inbox

app_name = "payments"
urlpatterns: list[URLPattern] = [path("thong-bao/", inbox.notice, name="notice")]
