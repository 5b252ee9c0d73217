"""Facts that this app records: ids, codes and channels, never what was written or where to."""

from enum import StrEnum


class Fact(StrEnum):
    PREFERENCE_CHANGED = "notifications.preference.changed"  # which fields, channels, kinds agreed to
    CODE_ASKED = "notifications.code.asked"  # channel
    CODE_WRONG = "notifications.code.wrong"  # channel, tries so far
    CODE_LOCKED = "notifications.code.locked"  # channel: wrong too often
    CODE_ENDED = "notifications.code.ended"  # channel: its time was over
    CODE_REPLACED = "notifications.code.replaced"  # channel: another one was asked for
    ADDRESS_CONFIRMED = "notifications.address.confirmed"  # channel
    ORDERED = "notifications.notification.ordered"  # channel, kind, event, not before
    BEGUN = "notifications.notification.begun"  # channel: handed to the other side from now on
    SENT = "notifications.notification.sent"  # channel
    REFUSED = "notifications.notification.refused"  # channel, reason
    GIVEN_UP = "notifications.notification.given_up"  # channel
    MERGED = "notifications.notification.merged"  # channel, into which one
    SENT_AGAIN = "notifications.notification.sent_again"  # channel, reason before
    BOUNCED = "notifications.notification.bounced"  # channel, reason
    RECOGNISED = "notifications.notification.recognised"  # how many rows of a contact became an account's
    FORGOTTEN = "notifications.notification.forgotten"  # how many rows
