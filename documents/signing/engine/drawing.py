"""The picture of a signature as PDF content, compressed once per process."""

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.stamp import StaticStampStyle


@dataclass(frozen=True)
class Pixels:
    width: int
    height: int
    colours: bytes  # deflated RGB
    mask: bytes  # deflated alpha


@lru_cache(maxsize=64)
def _pixels(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        image = opened.convert("RGBA")
    colours, mask = image.convert("RGB").tobytes(), image.getchannel("A").tobytes()
    return Pixels(image.width, image.height, zlib.compress(colours, 9), zlib.compress(mask, 9))


class Picture(PdfContent):
    def __init__(self, png: bytes) -> None:
        self._pixels = _pixels(png)
        super().__init__(box=layout.BoxConstraints(self._pixels.width, self._pixels.height))

    def render(self) -> bytes:
        writer = self.writer
        if writer is None:
            raise ValueError("pyHanko sets the writer before it asks for the drawing.")
        mask = writer.add_object(self._stream("/DeviceGray", self._pixels.mask))
        image = self._stream("/DeviceRGB", self._pixels.colours)
        image[pdf_name("/SMask")] = mask
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Picture"), writer.add_object(image))
        return f"q {self.box.width:g} 0 0 {self.box.height:g} 0 0 cm /Picture Do Q".encode("ascii")

    def _stream(self, colours: str, data: bytes) -> generic.StreamObject:
        return generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Image"),
                pdf_name("/Width"): generic.NumberObject(self._pixels.width),
                pdf_name("/Height"): generic.NumberObject(self._pixels.height),
                pdf_name("/ColorSpace"): pdf_name(colours),
                pdf_name("/BitsPerComponent"): generic.NumberObject(8),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=data,
        )


def stamp(png: bytes) -> StaticStampStyle:
    """The picture over the whole field: pyHanko's own layout leaves 5 pt of margin and never enlarges."""
    centre = layout.AxisAlignment.ALIGN_MID
    fit = layout.SimpleBoxLayoutRule(centre, centre, layout.Margins(), layout.InnerScaling.STRETCH_TO_FIT)
    return StaticStampStyle(border_width=0, background=Picture(png), background_opacity=1, background_layout=fit)
