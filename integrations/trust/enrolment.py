"""Certificates of the demonstration: keys made here, in files; certificates asked for at the sandbox's authority."""

import json
from dataclasses import dataclass

import requests
from django.conf import settings

from documents.signing.errors import TrustServiceAwayError
from integrations.trust.client import TIMEOUT, address_of

HOST = "trust.sandbox.invalid"
ENROL = f"http://{HOST}/enrol"
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Enrolled:
    """PEM texts; `chain` leads to the root, which is its last."""

    certificate: str
    chain: list[str]


def enrol(request: bytes) -> Enrolled:
    """Asking twice gives two certificates, so it is not repeated here: the command asks again for who has none."""
    try:
        answer = requests.post(
            address_of(ENROL),
            data=json.dumps({"request": request.decode()}),
            auth=(settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET),
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        found = answer.json() if answer.ok and len(answer.content) <= LARGEST else None
        if found is None:
            raise TrustServiceAwayError(f"{ENROL}: status {answer.status_code}")
        return Enrolled(str(found["certificate"]), [str(one) for one in found["chain"]])
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise TrustServiceAwayError(f"{ENROL}: {type(error).__name__}") from error
