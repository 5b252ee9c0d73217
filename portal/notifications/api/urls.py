from django.urls import path

from portal.notifications.api import confirming, own, reports, stuck

app_name = "notifications"

urlpatterns = [
    path("notification-preferences", own.Preferences.as_view(), name="preferences"),
    path("notifications", own.OwnNotifications.as_view(), name="notifications"),
    path("notification-address-codes", confirming.Codes.as_view(), name="address-codes"),
    path("notification-address-confirmations", confirming.Confirmations.as_view(), name="address-confirmations"),
    path("notification-reports", reports.Reports.as_view(), name="reports"),
    path("notifications/failed", stuck.FailedNotifications.as_view(), name="failed"),
    path("notifications/<uuid:key>/resendings", stuck.Resendings.as_view(), name="resendings"),
]
