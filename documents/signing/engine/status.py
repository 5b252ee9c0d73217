"""Status of certificates and time-stamps, asked through the transport, with a short memory for status answers."""

import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from django.conf import settings
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.fetchers.api import FetcherBackend, Fetchers, FetchLimits
from pyhanko_certvalidator.fetchers.common_utils import FetchBudget
from pyhanko_certvalidator.fetchers.requests_fetchers.cert_fetch_client import RequestsCertificateFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.crl_client import RequestsCRLFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.ocsp_client import RequestsOCSPFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.util import RequestsFetcherMixin

from documents.signing.errors import ClocksDisagreeError, TrustServiceAwayError
from documents.signing.trust import transport

DRIFT = timedelta(minutes=5)  # between our clock and that of the time-stamp
TOLERANCE = timedelta(minutes=1)  # by which the clock of a status service may be ahead of ours
LIMITS = FetchLimits(
    max_requests=20, max_cert_requests=5, max_aia_urls_per_object=2
)  # one file may make us ask so often
MOST = 5_000  # answers remembered
SPECIMEN_SECONDS = (
    600  # for which a time-stamp is believed to be as long as the one before, and from the same certificate
)


class Memory:
    """Answers of this process, each for SIGNATURE_STATUS_FRESH seconds: so late may a revocation be noticed."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bytes], tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def ask(self, url: str, *, body: bytes | None, content_type: str, accept: str) -> bytes:
        key = (url, sha256(body or b"").digest())
        with self._lock:
            until, answer = self._answers.get(key, (0.0, b""))
        if until > time.monotonic():
            return answer
        answer = transport()(url, body=body, content_type=content_type, accept=accept)
        with self._lock:
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[key] = (time.monotonic() + settings.SIGNATURE_STATUS_FRESH, answer)
        return answer

    def forget(self) -> None:
        with self._lock:
            self._answers.clear()


MEMORY = Memory()


class Answer:
    """The parts of an HTTP answer that the fetchers look at."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.headers: dict[str, str] = {}


class AwayError(ValueError):
    """The fetchers take a ValueError for an answer that did not come."""


class StatusBackend(FetcherBackend):
    """`hosts` are all that may be asked: addresses come from the certificates of files that anybody can send us."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._hosts = frozenset(hosts)
        self.away: list[str] = []  # what did not answer

    def get_fetchers(self) -> Fetchers:
        budget = FetchBudget(LIMITS)
        return Fetchers(
            ocsp_fetcher=_Ocsp(self, request_nonces=False, budget=budget),
            crl_fetcher=_Crl(self, budget=budget),
            cert_fetcher=_Issuers(self, budget=budget),
        )

    def ask(self, url: str, body: bytes | None, content_type: str, accept: Iterable[str]) -> Answer:
        if urlsplit(url).hostname not in self._hosts:
            raise AwayError(f"{url} is not the address of a trusted authority.")
        try:
            return Answer(MEMORY.ask(url, body=body, content_type=content_type, accept=",".join(accept)))
        except TrustServiceAwayError as error:
            self.away.append(url)
            raise AwayError(url) from error


class _ThroughTransport(RequestsFetcherMixin):
    """Instead of the fetchers' own HTTP."""

    def __init__(self, backend: StatusBackend, **options: Any) -> None:
        super().__init__(**options)
        self._backend = backend

    async def _get(self, url: str, *, acceptable_content_types: Iterable[str]) -> Any:
        return self._backend.ask(url, None, "", acceptable_content_types)

    async def _post(self, url: str, data: bytes, *, content_type: str, acceptable_content_types: Iterable[str]) -> Any:
        return self._backend.ask(url, data, content_type, acceptable_content_types)


class _Ocsp(_ThroughTransport, RequestsOCSPFetcher):
    pass


class _Crl(_ThroughTransport, RequestsCRLFetcher):
    pass


class _Issuers(_ThroughTransport, RequestsCertificateFetcher):
    pass


class _Specimens:
    """The last time-stamp of each service: tells how long one is, and whose certificate will sign the next."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, dict[str, cms.ContentInfo]]] = {}

    def of(self, url: str) -> dict[str, cms.ContentInfo]:
        until, found = self._kept.get(url, (0.0, {}))
        if until < time.monotonic():
            found = {}
            self._kept[url] = (time.monotonic() + SPECIMEN_SECONDS, found)
        return found

    def forget(self) -> None:
        self._kept.clear()


SPECIMENS = _Specimens()


class Stamper(TimeStamper):
    """Time-stamps of the service at SIGNATURE_TIMESTAMP_URL for one signature; `at` is what our own clock says."""

    def __init__(self, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko's has no types
        self._url: str = settings.SIGNATURE_TIMESTAMP_URL
        self._at = at
        self.stamped_at: datetime | None = None
        for algorithm, token in SPECIMENS.of(self._url).items():
            self._register_dummy(algorithm, token)

    def _register_dummy(self, md_algorithm: str, dummy: cms.ContentInfo) -> None:
        super()._register_dummy(md_algorithm, dummy)  # type: ignore[no-untyped-call]  # as above
        SPECIMENS.of(self._url)[md_algorithm] = dummy

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        content = transport()(
            self._url, body=req.dump(), content_type="application/timestamp-query", accept="application/timestamp-reply"
        )
        try:
            response = tsp.TimeStampResp.load(content, strict=True)
            token = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
            same = token["message_imprint"].dump() == req["message_imprint"].dump()
            self.stamped_at = token["gen_time"].native
        except (ValueError, TypeError, KeyError) as error:
            raise TrustServiceAwayError(f"{self._url} answers what is no time-stamp.") from error
        if not same:
            raise TrustServiceAwayError(f"{self._url} stamped something else.")
        if abs(self.stamped_at - self._at) > DRIFT:
            raise ClocksDisagreeError(f"ours {self._at.isoformat()}, theirs {self.stamped_at.isoformat()}")
        return response
