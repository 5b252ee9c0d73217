"""Each request gets one transaction and one scope, streams included, and leaves nothing behind."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from portal.events import ANONYMOUS, Event, record
from portal.isolation import Purpose, Scope, current, scope
from portal.isolation.middleware import ScopeMiddleware
from tests.events.tables import NOW

CITIZEN = uuid.uuid4()


def provider(request: HttpRequest) -> Scope:
    return Scope(units=(10,), citizen=CITIZEN)


@pytest.fixture(scope="module", autouse=True)
def written(module_db: str) -> None:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        for unit in (10, 20):
            record("a.b.c", subject=("a.b", str(unit)), actor=ANONYMOUS, unit=unit, at=NOW)


@pytest.fixture(autouse=True)
def provided(settings: Any) -> None:
    settings.SCOPE_PROVIDER = "tests.isolation.test_middleware.provider"


def units() -> list[int | None]:
    return list(Event.objects.filter(name="a.b.c").order_by("id").values_list("unit_id", flat=True))


def refuse() -> None:
    raise Http404


def ask(view: Any, path: str = "/") -> Any:
    return ScopeMiddleware(view)(RequestFactory().get(path))


def test_the_view_sees_its_scope_in_a_transaction() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        assert connection.in_atomic_block
        return HttpResponse(str(units()))

    assert ask(view).content == b"[10]"
    assert units() == []
    assert current() == Scope()


def test_a_stream_has_its_own_transaction_and_the_same_scope() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        def rows() -> Iterator[str]:
            assert connection.in_atomic_block
            yield from (str(unit) for unit in units())

        return StreamingHttpResponse(rows())

    response = ask(view)
    assert not connection.in_atomic_block
    assert b"".join(response.streaming_content) == b"10"
    assert not connection.in_atomic_block
    assert (units(), current()) == ([], Scope())


def test_a_stream_that_the_reader_leaves_gives_everything_back() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(str(unit) for unit in [*units(), 1, 2, 3])

    response = ask(view)
    assert next(response.streaming_content) == b"10"
    response.close()  # as every server does when the reader hangs up
    assert not connection.in_atomic_block
    assert current() == Scope()


def test_what_a_refusal_records_is_kept_and_what_a_failed_view_wrote_is_not() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                record("a.b.half", subject=("a.b", "1"), actor=ANONYMOUS, unit=10, at=NOW)
                refuse()
        except Http404:
            record("a.b.refused", subject=("a.b", "1"), actor=ANONYMOUS, unit=10, at=NOW)
            return HttpResponse(status=404)

    assert ask(view).status_code == 404
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        assert set(Event.objects.values_list("name", flat=True)) == {"a.b.c", "a.b.refused"}


def test_the_health_address_needs_no_transaction() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        assert not connection.in_atomic_block
        return HttpResponse("ok")

    assert ask(view, "/suc-khoe/").content == b"ok"


def test_the_default_provider_opens_nothing(settings: Any) -> None:
    settings.SCOPE_PROVIDER = "portal.isolation.closed"
    assert ask(lambda request: HttpResponse(str(units()))).content == b"[]"
