"""The address that supervisors and load balancers ask: does the portal reach its database?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

RETRY_AFTER = 5  # seconds; a database that is started again answers within that time


@transaction.non_atomic_requests
@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, otherwise 503 with the moment to ask again. Says nothing about the inside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return JsonResponse({"status": "ok"})
