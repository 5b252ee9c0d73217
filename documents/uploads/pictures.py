"""JPEG and PNG: how many pixels before any of them is unpacked, and nothing else in the same file."""

import re
from typing import BinaryIO

from PIL import Image

from documents.errors import FileRefusedError
from documents.uploads.archives import ends_as_archive
from documents.uploads.limits import Limits
from documents.uploads.parsing import parsing
from documents.uploads.reasons import Reason
from documents.uploads.types import JPEG, FileType

# What makes a browser or a reader take the picture for something else. Long enough not to occur by chance.
FOREIGN = re.compile(rb"<script[\s>]|<html[\s>]|<!doctype html|<svg[\s>][^>]*xmlns|<iframe[\s>]|<\?php |%PDF-1\.", re.I)
STEP, OVERLAP = 1024 * 1024, 64
SHRUNK = 8  # a JPEG is unpacked at an eighth of its size: enough to see that it is whole
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def inspect_picture(file: BinaryIO, kind: FileType, limits: Limits) -> None:
    _refuse_foreign(file)
    file.seek(0)
    with parsing(BOMBS, Reason.TOO_MANY_PIXELS), Image.open(file, formats=[kind.code.upper()]) as picture:
        width, height = picture.size
        if width * height > limits.pixels:
            raise FileRefusedError(Reason.TOO_MANY_PIXELS)
        if kind is JPEG:
            picture.draft("L", (max(1, width // SHRUNK), max(1, height // SHRUNK)))
            picture.load()
        else:
            picture.verify()


def _refuse_foreign(file: BinaryIO) -> None:
    if ends_as_archive(file):
        raise FileRefusedError(Reason.TWO_IN_ONE)
    file.seek(0)
    rest = b""
    while block := file.read(STEP):
        if FOREIGN.search(rest + block):
            raise FileRefusedError(Reason.TWO_IN_ONE)
        rest = block[-OVERLAP:]
