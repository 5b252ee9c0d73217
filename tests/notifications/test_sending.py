"""Handed over once, whoever dies on the way and however often the relay comes."""

from datetime import timedelta
from typing import Any

import pytest

from portal.events import Delivery, Event
from portal.events.delivering import deliver
from portal.events.subscriptions import Remote, by_key
from portal.isolation import Purpose, scope
from portal.notifications import errors
from portal.notifications.backends import CannotTellError, InDoubtError, NotTakenError, Refused
from portal.notifications.models import BadAddress, NotificationPreference
from portal.notifications.operations import sending
from portal.notifications.queries import is_bad
from portal.notifications.states import Reason
from tests.notifications.carriers import Email, Sms, VNeID
from tests.notifications.news import MORNING, NIGHT, NOON, NUMBER, again, person, prefer, tell, waiting, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checked")]
MINUTE = timedelta(minutes=1)


def states(name: str = "notifications.notification") -> list[str]:
    with scope(purpose=Purpose.OPERATIONS):
        found = Event.objects.filter(name__startswith=name).order_by("id")
        return [event.name.rpartition(".")[2] for event in found]


def test_it_goes_out_and_each_step_is_recorded(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    assert work(monkeypatch, NOON) == 1
    row = again(row)
    assert (row.state, row.sent_at, row.reference, row.in_doubt) == ("sent", NOON, f"no-{row.pk}", False)
    [message] = Sms.taken
    assert (message.key, message.to, message.text) == (row.pk, "0987654321", "Ho so DK-1 da co ket qua.")
    assert (message.facts, states()) == ((), ["ordered", "begun", "sent"])


def test_vneid_gets_the_number_and_nobody_keeps_it(monkeypatch: Any) -> None:
    [row] = tell(person())
    work(monkeypatch, NOON)
    assert VNeID.taken[0].to == NUMBER
    assert again(row).address_sealed is None
    assert VNeID.taken[0].facts == (("Cơ quan", "Xã An"),)


def test_the_relay_comes_twice(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    tell(user)
    [key] = waiting(NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    assert deliver(key, clock=lambda: NOON)
    assert not deliver(key, clock=lambda: NOON)
    assert len(Sms.taken) == 1


def test_dead_between_sending_and_marking_it_is_asked_and_not_sent_again(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    [key] = waiting(NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    delivery, remote = _leased(key)
    remote.call(delivery, remote.prepare(delivery) if remote.prepare else None)  # and here the worker dies
    assert (again(row).state, again(row).in_doubt, len(Sms.taken)) == ("sending", True, 1)
    later = NOON + timedelta(minutes=5)
    assert work(monkeypatch, later) == 1
    assert (Sms.asked, len(Sms.taken), again(row).state) == ([row.pk], 1, "sent")


def _leased(key: Any) -> tuple[Delivery, Remote]:
    """As the relay holds it: with a lease that runs out."""
    with scope(purpose=Purpose.RELAY):
        delivery = Delivery.objects.get(pk=key)
        delivery.lease_until = NOON + timedelta(minutes=2)
        delivery.save(update_fields=["lease_until"])
    remote = by_key(delivery.handler).handler
    assert isinstance(remote, Remote)
    return delivery, remote


def test_an_answer_that_got_lost_is_asked_for(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    Sms.lost.append(InDoubtError("502"))
    assert work(monkeypatch, NOON) == 0
    assert work(monkeypatch, NOON + MINUTE * 2) == 1
    assert (len(Sms.taken), Sms.asked, again(row).state) == (1, [row.pk], "sent")


def test_what_was_surely_not_taken_goes_again_without_asking(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    Sms.errors.append(NotTakenError("busy"))
    work(monkeypatch, NOON)
    assert (again(row).state, again(row).in_doubt) == ("sending", False)
    assert work(monkeypatch, NOON + MINUTE * 2) == 1
    assert (Sms.asked, len(Sms.taken)) == ([], 1)


def test_any_other_error_counts_as_doubt(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    Sms.errors.append(RuntimeError("who knows"))
    work(monkeypatch, NOON)
    assert again(row).in_doubt
    work(monkeypatch, NOON + MINUTE * 2)
    assert (Sms.asked, len(Sms.taken), again(row).state) == ([row.pk], 1, "sent")


def test_where_nobody_can_be_asked_a_person_decides(monkeypatch: Any) -> None:
    user = person()
    prefer(user, channels=["email"], email="do@example.vn")
    [row] = tell(user)
    Email.lost.append(InDoubtError("cut off"))
    monkeypatch.setattr(Email, "outcome", _cannot_tell)
    work(monkeypatch, NOON)
    assert work(monkeypatch, NOON + MINUTE * 2) == 1
    row = again(row)
    assert (row.state, row.reason, len(Email.taken)) == ("failed", "outcome_unknown", 1)


def _cannot_tell(self: Email, key: object) -> None:
    raise CannotTellError


def test_a_refusal_for_good_marks_the_address_and_the_next_news_goes_elsewhere(monkeypatch: Any) -> None:
    user = person()
    prefer(user, channels=["email"], email="Do@Example.vn")
    [row] = tell(user)
    Email.replies.append(Refused(Reason.BAD_ADDRESS))
    work(monkeypatch, NOON)
    assert (again(row).state, again(row).reason) == ("failed", "bad_address")
    assert is_bad("email", "do@example.vn")
    assert [one.channel for one in tell(user, now=NOON + MINUTE)] == ["vneid"]


def test_entering_the_address_anew_trusts_it_again() -> None:
    user = person()
    prefer(user)
    with scope(purpose=Purpose.NOTIFICATION):
        index = BadAddress.index_of("sms", "0987654321")
        BadAddress.objects.create(channel="sms", address_index=index, since=NOON)
    assert [one.channel for one in tell(user)] == ["vneid"]
    prefer(user)
    assert [one.channel for one in tell(user)] == ["sms"]


def test_refused_for_what_it_says_no_address_is_blamed(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    tell(user)
    Sms.replies.append(Refused(Reason.NOT_ACCEPTED))
    work(monkeypatch, NOON)
    assert not is_bad("sms", "0987654321")


def test_it_waits_for_the_morning_and_then_goes_out(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user, now=NIGHT)
    assert work(monkeypatch, NIGHT + MINUTE) == 0
    assert work(monkeypatch, MORNING - MINUTE) == 0
    assert work(monkeypatch, MORNING) == 1
    assert again(row).state == "sent"


def test_when_the_night_falls_during_the_tries_it_waits_too(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    evening = NIGHT - timedelta(minutes=61)  # 20:59
    [row] = tell(user, now=evening)
    Sms.errors.append(NotTakenError("busy"))
    work(monkeypatch, evening)
    assert work(monkeypatch, NIGHT) == 1  # the delivery ends, another one is ordered
    assert (Sms.taken, again(row).not_before) == ([], MORNING)
    assert work(monkeypatch, MORNING) == 1
    assert (len(Sms.taken), again(row).state) == (1, "sent")


def test_what_a_newer_one_replaced_is_never_sent(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [old], [new] = tell(user, now=NIGHT), tell(user, now=NIGHT + MINUTE)
    assert work(monkeypatch, MORNING) == 2
    assert [message.key for message in Sms.taken] == [new.pk]
    assert (again(old).state, again(old).replaced_by_id) == ("merged", new.pk)


def test_given_up_it_is_dead_and_whoever_mends_it_sends_it_again(monkeypatch: Any, settings: Any) -> None:
    settings.DELIVERY_TRIES = 0
    user = person()
    prefer(user)
    [row] = tell(user)
    Sms.errors.append(NotTakenError("away"))
    work(monkeypatch, NOON)
    _hear_of_death()
    assert again(row).state == "dead"
    monkeypatch.setattr(sending, "may_send_again", lambda _user: True)
    sending.send_again(key=row.pk, actor=user, now=NOON + MINUTE)
    assert again(row).state == "pending"
    assert work(monkeypatch, NOON + MINUTE) == 1
    assert (len(Sms.taken), again(row).state) == (1, "sent")
    assert states()[-4:] == ["given_up", "sent_again", "begun", "sent"]


def test_sent_again_from_the_desk_of_dead_letters_it_goes_out_too(monkeypatch: Any, settings: Any) -> None:
    settings.DELIVERY_TRIES = 0
    user = person()
    prefer(user)
    [row] = tell(user)
    Sms.errors.append(NotTakenError("away"))
    work(monkeypatch, NOON)
    _hear_of_death()
    from portal.events.operations import replay_all  # the desk's own deed

    replay_all(actor=user, now=NOON + MINUTE)
    work(monkeypatch, NOON + MINUTE)
    assert again(row).state == "sent"


def _hear_of_death() -> None:
    with scope(purpose=Purpose.RELAY):
        [key] = Delivery.objects.open().filter(topic="events.delivery.died").values_list("id", flat=True)
    assert deliver(key, clock=lambda: NOON)


def test_it_is_sent_again_only_when_it_failed_and_by_who_may(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    [row] = tell(user)
    with pytest.raises(errors.NotAllowedError):
        sending.send_again(key=row.pk, actor=user, now=NOON)
    monkeypatch.setattr(sending, "may_send_again", lambda _user: True)
    with pytest.raises(errors.NotStuckError):
        sending.send_again(key=row.pk, actor=user, now=NOON)


def test_one_that_comes_back_later_is_failed_and_its_address_bad(monkeypatch: Any) -> None:
    user = person()
    prefer(user, channels=["email"], email="do@example.vn")
    [row] = tell(user)
    work(monkeypatch, NOON)
    with pytest.raises(errors.NotAllowedError):
        sending.note_bounce(key=row.pk, reason=Reason.BAD_ADDRESS, actor=user, now=NOON + MINUTE)
    monkeypatch.setattr(sending, "may_report", lambda _user, _unit: True)
    sending.note_bounce(key=row.pk, reason=Reason.BAD_ADDRESS, actor=user, now=NOON + MINUTE)
    with pytest.raises(errors.NotSentError):
        sending.note_bounce(key=row.pk, reason=Reason.BAD_ADDRESS, actor=user, now=NOON + MINUTE)
    assert again(row).state == "failed"
    assert is_bad("email", "do@example.vn")


def test_old_ones_are_forgotten_and_what_waits_is_kept(monkeypatch: Any) -> None:
    user = person()
    prefer(user)
    tell(user)
    work(monkeypatch, NOON)
    [waits] = tell(user, now=NIGHT)
    assert sending.forget_old(actor=user, now=NOON + timedelta(days=729)) == 0
    assert sending.forget_old(actor=user, now=NOON + timedelta(days=731)) == 1
    assert again(waits).state == "pending"


def test_nobody_else_sees_what_was_told_or_chosen() -> None:
    user, other = person(), person("khac", "000100000022")
    prefer(user)
    [row] = tell(user, unit=7)
    for units, count in (([7], 1), ([8], 0)):
        with scope(units=units):
            assert type(row).objects.filter(pk=row.pk).count() == count
            assert not NotificationPreference.objects.exists()
            assert type(row).objects.filter(pk=row.pk).update(parts=9) == 0
    for who, count in ((user, 1), (other, 0)):
        with scope(citizen=who.pk):
            assert type(row).objects.filter(pk=row.pk).count() == count
            assert NotificationPreference.objects.count() == count
            assert BadAddress.objects.count() == 0
