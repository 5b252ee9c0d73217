from django.urls import path

from portal.accounts.api import clients, tokens

app_name = "accounts"

urlpatterns = [
    path("oauth/token", tokens.TokenEndpoint.as_view(), name="token"),
    path("oauth/revocation", tokens.RevocationEndpoint.as_view(), name="revocation"),
    path("client", clients.OwnClient.as_view(), name="client"),
]
