"""The shapes of the answers, for the description only, and how one proves who asks."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers

from portal.accounts import machines


class ClientGrantSerializer(serializers.Serializer[Any]):
    """One capability at one unit."""

    scope = serializers.CharField(help_text=_("The capability, as in the scope of a token."))
    unitId = serializers.IntegerField(help_text=_("The unit's number in this portal."))
    isBelow = serializers.BooleanField(help_text=_("Whether it holds for all units below, too."))


class ApiClientSerializer(serializers.Serializer[Any]):
    """A program, with what its token allows."""

    clientId = serializers.CharField(help_text=_("The client id."))
    name = serializers.CharField(help_text=_("The name under which the program was entered."))
    ownerUnitId = serializers.IntegerField(help_text=_("The unit that answers for it."))
    grants = ClientGrantSerializer(many=True, help_text=_("What this token may do, and where."))
    tokenEndsAt = serializers.DateTimeField(help_text=_("When this token ends."))
    secretEndsAt = serializers.DateTimeField(
        allow_null=True, help_text=_("When the last of the client's secrets ends; ask for a new one before.")
    )


_Extension: Any = OpenApiAuthenticationExtension  # it carries no types


class BearerTokenScheme(_Extension):
    target_class = "portal.accounts.api.authentication.BearerToken"
    name = "clientCredentials"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        flow = {"tokenUrl": f"{settings.PUBLIC_ORIGIN}/api/v1/oauth/token", "scopes": machines.known()}
        return {
            "type": "oauth2",
            "description": _("For programs: a token of 15 minutes for client id and secret."),
            "flows": {"clientCredentials": flow},
        }

    def get_security_requirement(self, auto_schema: Any) -> Any:
        capability = auto_schema.view.capability_for(auto_schema.method)
        return {self.name: [capability] if capability in machines.known() else []} if capability else []


class BrowserSessionScheme(_Extension):
    target_class = "portal.accounts.api.authentication.BrowserSession"
    name = "browserSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": _("For scripts of the portal's own pages; writing needs the header X-CSRFToken."),
        }
