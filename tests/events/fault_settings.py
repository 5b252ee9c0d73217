"""Test settings of the processes that fault tests start: what is lost is noticed after 10 seconds."""

from datetime import timedelta

from portal.settings import test

globals().update({name: value for name, value in vars(test).items() if name.isupper()})
DELIVERY_RESEND_AFTER = timedelta(seconds=10)
