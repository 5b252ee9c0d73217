"""What a program finds out about itself: the first call of whoever connects one."""

from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api.schemas import ApiClientSerializer
from portal.accounts.models import AccessToken, ClientSecret
from portal.accounts.models.clients import Reach
from portal.accounts.queries import grants_of
from portal.api.base import MemberView
from portal.api.problems import Kind, Problem


class OwnClient(MemberView):
    capability = AccessToken.ANY

    @extend_schema(
        operation_id="showOwnClient",
        tags=["access"],
        summary=_("What this program may do"),
        responses={200: ApiClientSerializer},
    )
    def get(self, request: Request) -> Response:
        token: Any = request.auth
        if not isinstance(token, AccessToken):
            raise Problem(Kind.FORBIDDEN, gettext("This address is for programs that come with an access token."))
        now = timezone.now()
        client = token.client
        last = ClientSecret.objects.filter(client=client, expires_at__gt=now).order_by("-expires_at", "-id").first()
        grants = [grant for grant in grants_of(client.user, localdate(now)) if token.allows(grant.capability)]
        return Response(
            {
                "clientId": client.client_id,
                "name": client.name,
                "ownerUnitId": client.owner_unit_id,
                "grants": [
                    {"scope": grant.capability, "unitId": grant.unit_id, "isBelow": grant.reach == Reach.BELOW}
                    for grant in grants
                ],
                "tokenEndsAt": localtime(token.expires_at).isoformat(),
                "secretEndsAt": localtime(last.expires_at).isoformat() if last else None,
            }
        )
