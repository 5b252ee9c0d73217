"""Sentences that several doors say."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext


def locked_message(until: datetime) -> str:
    return gettext(
        "Too many wrong attempts with this user name from this place. You can try again after %(time)s. "
        "If you have forgotten your password, please turn to the administrator of your agency."
    ) % {"time": time_format(timezone.localtime(until), "H:i")}
