"""The log of the sandbox's mail server, which tells what it took."""

from django.urls import path

from integrations.messaging.faults import Carrier
from integrations.messaging.sandbox import tells

urlpatterns = [path("<str:key>", tells(Carrier.EMAIL), name="mail-outcome")]
