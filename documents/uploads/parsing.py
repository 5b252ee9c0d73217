"""Parsers of other people's making, on input of somebody else's making."""

from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import FileRefusedError
from documents.uploads.reasons import Reason


@contextmanager
def parsing(bombs: type[Exception] | tuple[type[Exception], ...], reason: Reason) -> Iterator[None]:
    """`bombs` mean the reason; whatever else a parser stumbles over, deep nesting included, means a damaged file."""
    try:
        yield
    except FileRefusedError:
        raise
    except bombs as error:
        raise FileRefusedError(reason) from error
    except Exception as error:
        raise FileRefusedError(Reason.DAMAGED) from error
