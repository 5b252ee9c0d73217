"""The payment platform behind the Protocol of `services.gateways`."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from integrations.payments import client, mapping
from services.gateways import BackOrder, GatewayAwayError, GatewayError, Order, Word


class Platform:
    def begin(self, order: Order) -> str:
        page = str(self._ask("init", mapping.init(order)).get("UrlThanhToan", ""))
        if not _is_theirs(page):
            raise GatewayAwayError("init: no address of theirs")
        return page

    def check(self, reference: str) -> Word | None:
        try:
            return _word(client.ask("check", mapping.question("CHECK", reference)).get("KetQua"))
        except client.RefusedError as error:
            if error.code == client.UNKNOWN:
                return None
            raise GatewayAwayError(str(error)) from error
        except client.AwayError as error:
            raise GatewayAwayError(str(error)) from error

    def pay_back(self, order: BackOrder) -> Word:
        return _word(self._ask("refund", mapping.back(order)).get("KetQua"))

    def statement(self, on: date) -> list[Word]:
        rows = self._ask("statement", mapping.day(f"{on:%Y%m%d}")).get("DanhSach")
        return [_word(row) for row in rows] if isinstance(rows, list) else []

    def _ask(self, what: str, message: dict[str, Any]) -> dict[str, Any]:
        try:
            return client.ask(what, message)
        except client.RefusedError as error:
            raise GatewayError(str(error)) from error
        except client.AwayError as error:
            raise GatewayAwayError(str(error)) from error


def _word(row: object) -> Word:
    try:
        return mapping.word(row)
    except (mapping.NonsenseError, mapping.ForgedError) as error:
        raise GatewayAwayError(f"{type(error).__name__}: {error}") from error


def _is_theirs(page: str) -> bool:
    """Nobody is led anywhere else, whatever an answer says."""
    ours, theirs = urlsplit(settings.PAYMENT_ADDRESS), urlsplit(page)
    return len(page) <= 1000 and (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)
