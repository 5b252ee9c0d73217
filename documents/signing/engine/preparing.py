"""The last revision before any signature. Every field must exist now: a later one changes what was signed."""

from collections.abc import Mapping

from django.utils.translation import gettext, override
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from documents.signing.engine.reading import form_fields, inside, writable, written
from documents.signing.errors import NotPreparedError
from documents.signing.kinds import DATE, NUMBER, PERSON, SEAL, Place, Spot

SEAL_MM = 36  # real size of a commune's seal
POINTS_PER_MM = 72 / 25.4


def prepare(pdf: bytes, boxes: Mapping[str, Place]) -> bytes:
    writer = writable(pdf)
    if form_fields(writer.root, "/Sig"):
        raise NotPreparedError("The PDF has signature fields already.")
    for name, field in form_fields(writer.root, "/Tx").items():
        _mend(writer, name, field)
    pages = int(writer.root["/Pages"]["/Count"])
    places = dict(boxes)
    if SEAL in places and PERSON in places:  # drawn in this order: the seal lies over the signature
        places[SEAL] = places.pop(SEAL)
    for name, place in places.items():
        if not 0 <= place.page < pages:
            raise NotPreparedError(f"Page {place.page} for {name}, of {pages}.")
        fields.append_signature_field(writer, _field(name, place, [other for other in places if other != SEAL]))
    form = inside(writer.root, "/AcroForm")
    if form is not None and "/NeedAppearances" in form:  # with it, viewers draw the number from fonts of their own
        del form["/NeedAppearances"]
        writer.update_container(form)
    return written(writer)


def _field(name: str, place: Place, persons: list[str]) -> fields.SigFieldSpec:
    """NO_CHANGES, in force once the seal signs, is what protects the number.

    It travels only with a list of locked fields: the persons', final by then. With the text fields in that list pyHanko
    0.38 calls an untouched file broken.
    """
    locked = fields.FieldMDPSpec(fields.FieldMDPAction.INCLUDE, persons or ["-"])
    return fields.SigFieldSpec(
        name,
        on_page=place.page,
        box=(round(place.x1), round(place.y1), round(place.x2), round(place.y2)),
        readable_field_name=tooltip(name),
        field_mdp_spec=locked if name == SEAL else None,
        doc_mdp_update_value=fields.MDPPerm.NO_CHANGES if name == SEAL else None,
    )


def tooltip(name: str) -> str:
    """What a screen reader says of a field; in Vietnamese, like the document."""
    with override("vi"):
        return {
            NUMBER: gettext("Number and notation"),
            DATE: gettext("Date of issue"),
            SEAL: gettext("Signature of the organ"),
        }.get(name) or gettext("Signature")


def _mend(writer: IncrementalPdfFileWriter, name: str, field: generic.DictionaryObject) -> None:
    x1, y1, x2, y2 = field["/Rect"]  # WeasyPrint writes y upside down
    field["/Rect"] = generic.ArrayObject([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
    field["/TU"] = generic.TextStringObject(tooltip(name))
    writer.update_container(field)
    if "/StructTreeRoot" not in writer.root or "/StructParent" not in field:
        return
    numbers = writer.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tag = numbers[numbers.index(field["/StructParent"]) + 1]
    if isinstance(tag["/K"], generic.ArrayObject) and len(tag["/K"]) == 1:
        tag["/K"] = tag["/K"][0]  # pyHanko lets a field be filled only if it is its tag's one child, not a list of one
        writer.update_container(tag)


def seal_over(person: Place, *, millimetres: float = SEAL_MM) -> Spot:
    """Where the seal goes: real size, over the left third of the person's signature. NĐ 30/2020 PL I"""
    size = millimetres * POINTS_PER_MM
    right, middle = person.x1 + (person.x2 - person.x1) / 3, (person.y1 + person.y2) / 2
    return Spot(person.page, right - size, middle - size / 2, right, middle + size / 2)
