"""What a scanner can say. Only an explicit OK is clean; whatever is unclear is an error, and asked again later."""

from dataclasses import dataclass
from typing import IO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class UnclearAnswerError(Exception):
    """No answer, an error, or words that nobody knows: the file stays in quarantine."""


@dataclass(frozen=True, slots=True)
class Clean:
    pass


@dataclass(frozen=True, slots=True)
class Infected:
    virus: str


Answer = Clean | Infected


class Scanner(Protocol):
    def scan(self, content: IO[bytes]) -> Answer:
        """Bounds its own time; UnclearAnswerError for everything that is neither."""


def is_configured() -> bool:
    return bool(settings.FILE_SCANNER)


def scanner() -> Scanner:
    backend: type[Scanner] = import_string(settings.FILE_SCANNER)
    return backend()
