"""One transaction and one scope per request."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from portal.isolation.scopes import Scope, current, scope_of, use
from portal.isolation.waiting import waited_in_vain, waiting_at_most


class ScopeMiddleware:
    """Stands right after authentication, so that the view, its template and the error page share scope and transaction.

    ATOMIC_REQUESTS stays on inside it: a view that raises is rolled back to its savepoint, while what the error page or
    a refusal records in the outer transaction is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.SCOPE_FREE_PATHS:
            return self.get_response(request)
        try:
            with waiting_at_most(settings.LONGEST_WAIT), transaction.atomic(), use(scope_of(request)):
                response: HttpResponseBase = self.get_response(request)
                last = current()
        except (OperationalError, InterfaceError) as problem:  # at its begin or its commit; the pages answer with 503
            request.transaction_lost = True  # type: ignore[attr-defined]  # Django's way to hand things on
            request.waited_in_vain = waited_in_vain(problem)  # type: ignore[attr-defined]  # the same way
            raise
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = streamed(iter(response), last)
        return response


def streamed(content: Iterable[bytes], value: Scope) -> Iterator[bytes]:
    """A stream is produced after the request's transaction: without its own it would silently be empty.

    What it shows is recorded by the view before it streams: when the reader hangs up, this transaction is rolled back.
    """
    with transaction.atomic(), use(value):
        yield from content
