"""Pictures of trial signatures and seals: blue handwriting, a red round seal (NĐ 30/2020 PL I), each marked as a trial.

Real ones are scanned and registered with the certificate.
"""

import hashlib
import io
import math
from pathlib import Path

import fontpkg_noto_sans
from django.utils.translation import gettext, override
from PIL import Image, ImageDraw, ImageFont

from documents.signing.kinds import Holder

BLUE, RED = "#1428be", "#d71414"
LARGEST = 300 * 1024  # bytes of a registered picture
SIDE = 520  # pixels of the seal; 36 mm, so 370 to the inch
WIDE, HIGH = 690, 300
STROKES = 90


class PictureError(ValueError):
    """What was registered as the picture of a signature is none."""


def check(png: bytes) -> None:
    """A PNG of bounded size with a transparent ground. Raises PictureError."""
    if len(png) > LARGEST:
        raise PictureError
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if max(image.size) > 2000 or image.mode not in {"RGBA", "LA", "P", "PA"}:
                raise PictureError
            image.verify()
    except (OSError, ValueError, SyntaxError) as error:
        raise PictureError from error


def trial(holder: Holder, name: str) -> bytes:
    """PNG for this name: the same each time, another for each name."""
    image = _seal(name) if holder is Holder.ORGAN else _handwriting(name)
    _mark(image, RED if holder is Holder.ORGAN else BLUE)
    out = io.BytesIO()
    image.quantize(32, method=Image.Quantize.FASTOCTREE).convert("RGBA").save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf", size)


def _handwriting(name: str) -> Image.Image:
    image = Image.new("RGBA", (WIDE, HIGH))
    seed = hashlib.sha256(name.encode()).digest()
    swing, slant, loops = 0.6 + seed[0] / 400, seed[1] / 255 - 0.2, 5 + seed[2] % 5
    points = []
    for step in range(STROKES):
        part = step / STROKES
        turn = part * loops * 2 * math.pi
        high = (1 - part * 0.7) * (0.75 + 0.25 * math.sin(turn * swing + seed[3]))
        x = 30 + part * (WIDE - 120) + 34 * math.sin(turn + seed[4] / 40)
        points.append((x, HIGH * 0.46 - high * HIGH * 0.34 * math.cos(turn) - slant * 30 * math.sin(turn)))
    draw = ImageDraw.Draw(image)
    draw.line(points, BLUE, 9, "curve")
    draw.line([points[-1], (WIDE - 20, HIGH * 0.4), (WIDE * 0.35, HIGH * 0.74)], BLUE, 7, "curve")
    return image


def _seal(name: str) -> Image.Image:
    """Two rings, the name along the upper arc, a star in the middle."""
    image = Image.new("RGBA", (SIDE, SIDE))
    draw = ImageDraw.Draw(image)
    draw.ellipse((2, 2, SIDE - 3, SIDE - 3), None, RED, 11)
    draw.ellipse((92, 92, SIDE - 93, SIDE - 93), None, RED, 4)
    middle, letters = SIDE / 2, name.upper()
    points = [
        (middle + radius * math.sin(turn * math.pi / 5), middle - radius * math.cos(turn * math.pi / 5))
        for turn in range(10)
        for radius in [95 if turn % 2 == 0 else 38]
    ]
    draw.polygon(points, RED)
    font, radius = _font(46 if len(letters) < 24 else 34), SIDE / 2 - 50
    widths = [font.getlength(letter) + 2 for letter in letters]
    angle = -min(sum(widths), 2.75 * math.pi / 2 * radius) / radius / 2
    squeeze = min(1.0, 2.75 * math.pi / 2 * radius / sum(widths))
    for letter, width in zip(letters, widths, strict=True):
        half = width * squeeze / radius / 2
        angle += half
        tile = Image.new("RGBA", (90, 90))
        ImageDraw.Draw(tile).text((45, 45), letter, RED, font, anchor="mm")
        turned = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        place = (round(middle + radius * math.sin(angle) - 45), round(middle - radius * math.cos(angle) - 45))
        image.alpha_composite(turned, place)
        angle += half
    return image


def _mark(image: Image.Image, colour: str) -> None:
    """Nobody takes it for a real one."""
    with override("vi"):
        text = gettext("trial signature").upper()
    font = _font(40 if image.width == image.height else 44)
    ImageDraw.Draw(image).text((image.width / 2, image.height * 0.84), text, colour, font, anchor="mm")
