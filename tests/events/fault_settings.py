"""Test settings of the processes that fault tests start: what is lost is noticed after 3 seconds."""

from datetime import timedelta

from portal.settings.test import *

DELIVERY_RESEND_AFTER = timedelta(seconds=3)
