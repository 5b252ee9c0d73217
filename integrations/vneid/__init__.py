"""VNeID, the national electronic identity: OpenID Connect, authorization code with PKCE."""
