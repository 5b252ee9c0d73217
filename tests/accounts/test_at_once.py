"""Two first sign-ins of one citizen at the same moment make one account; nothing of old sessions stays."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from portal.accounts.identity import Claims
from portal.accounts.models import Citizen, ProviderIdentity, Session, User
from portal.accounts.operations import clear_sessions, recognise_citizen
from portal.accounts.sessions import SessionStore
from portal.events import Event
from portal.isolation import Purpose, scope

CLAIMS = Claims("https://a.example", "s-1", "person", "000185000001", "Vàng Thị Ban", None, "T", 2)
OTHER = Claims("https://b.example", "s-2", "person", "000185000001", "Vàng Thị Ban", None, "T", 2)


@pytest.mark.parametrize("second", [CLAIMS, OTHER])
def test_two_first_sign_ins_at_once_make_one_account(real_db: str, second: Claims) -> None:
    """From two devices, and by two providers that name the same number."""
    together, found, troubles = threading.Barrier(2, timeout=20), [], []

    def sign_in(claims: Claims) -> None:
        try:
            together.wait()
            found.append(recognise_citizen(claims=claims, now=timezone.now()).pk)
        except Exception as error:
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign_in, args=(claims,)) for claims in (CLAIMS, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not troubles
    assert len(found) == 2
    assert found[0] == found[1]
    assert User.objects.count() == 1
    with transaction.atomic(), scope(purpose=Purpose.SIGN_IN):
        assert Citizen.objects.count() == 1
        assert ProviderIdentity.objects.count() == len({CLAIMS, second})
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        assert Event.objects.filter(name="accounts.user.created").count() == 1


@pytest.mark.django_db
def test_sessions_that_are_long_over_are_cleared_and_counted() -> None:
    now = timezone.now()
    for days in (0, 6, 8, 30):
        store = SessionStore()
        store.create()
        Session.objects.filter(pk=store.row().pk).update(expires_at=now - timedelta(days=days))
    assert clear_sessions(now=now) == 2
    assert Session.objects.count() == 2
    assert Event.objects.get(name="accounts.session.cleared").facts == {"rows": 2}
    assert clear_sessions(now=now) == 0
    assert Event.objects.filter(name="accounts.session.cleared").count() == 1, "nothing done, nothing told"


@pytest.mark.django_db
def test_djangos_own_command_clears_by_the_same_operation() -> None:
    store = SessionStore()
    store.create()
    Session.objects.update(expires_at=timezone.now() - timedelta(days=8))
    SessionStore.clear_expired()
    assert not Session.objects.exists()
    assert Event.objects.filter(name="accounts.session.cleared").exists()
