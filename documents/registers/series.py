"""Which series a document runs in: the law's, or one that the head of the organ has split off by type."""

from datetime import date

from documents import catalogue
from documents.models.registers import SeriesRule
from documents.registers.errors import SecretRefusedError, UnknownSeriesError, WrongSeriesError
from documents.registers.states import GENERAL, BookKind


def series_for(*, unit_id: int, type_code: str, on: date) -> str:
    """The series for the outgoing documents of a type. Raises UnknownTypeError."""
    own = catalogue.document_type(type_code, on).series
    if own:  # NĐ 30/2020 Đ.15.1a: each kind of legal normative document
        return own
    rule = SeriesRule.objects.filter(unit_id=unit_id, type_code=type_code, valid__contains=on).order_by("id").first()
    return rule.series if rule else GENERAL


def check_series(*, unit_id: int, kind: BookKind, series: str, type_code: str, on: date) -> None:
    """Raises when no number of this series may be taken for the type. Without a type only the series is checked."""
    known = {row.code: row for row in catalogue.series(kind, on)}
    if series in known:
        if known[series].refused:  # state secrets: their own law, and never on a networked system
            raise SecretRefusedError
    elif kind is not BookKind.OUTGOING or not _is_split_off(unit_id, series, on):
        raise UnknownSeriesError
    if type_code and kind is BookKind.OUTGOING:
        try:
            decided = series_for(unit_id=unit_id, type_code=type_code, on=on)
        except catalogue.UnknownTypeError as error:
            raise UnknownSeriesError from error
        runs_apart = series in known and series != GENERAL and decided == GENERAL  # results, certified copies
        if series != decided and not runs_apart:
            raise WrongSeriesError


def _is_split_off(unit_id: int, series: str, on: date) -> bool:
    return SeriesRule.objects.filter(unit_id=unit_id, series=series, valid__contains=on).exists()
