"""A network that delivers to nobody but this sandbox."""

from django.urls import path

from integrations.messaging.faults import Carrier
from integrations.messaging.sandbox import takes, tells
from integrations.sms.mapping import read

urlpatterns = [
    path("tin-nhan", takes(Carrier.SMS, read), name="sms"),
    path("tin-nhan/<str:key>", tells(Carrier.SMS), name="sms-outcome"),
]
