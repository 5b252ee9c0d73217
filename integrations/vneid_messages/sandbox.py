"""The app's side: what would ring on the telephones of the invented people."""

from django.urls import path

from integrations.messaging.faults import Carrier
from integrations.messaging.sandbox import takes, tells
from integrations.vneid_messages.mapping import read

urlpatterns = [
    path("thong-bao", takes(Carrier.VNEID, read), name="vneid-message"),
    path("thong-bao/<str:key>", tells(Carrier.VNEID), name="vneid-message-outcome"),
]
