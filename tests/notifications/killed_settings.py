"""Test settings of a worker that is killed between handing a message over and recording it."""

from portal.settings import test

globals().update({name: value for name, value in vars(test).items() if name.isupper()})
NOTIFICATION_BACKENDS = dict.fromkeys(("email", "sms", "vneid"), "tests.notifications.killed.Book")
