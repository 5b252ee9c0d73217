"""METS of a package, in the layout of E-ARK CSIP: what lies where in it, with size and digest of each file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID
from xml.etree import ElementTree as Xml

from django.utils.timezone import localtime

METS, XLINK, CSIP = (
    "http://www.loc.gov/METS/",
    "http://www.w3.org/1999/xlink",
    "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
)
PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
REP = "representations/rep1"
BLOCK = 64 * 1024  # bytes
SOFTWARE = "Mot Cua"
for prefix, name in (("mets", METS), ("xlink", XLINK), ("csip", CSIP)):
    Xml.register_namespace(prefix, name)


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the package. `path`: from the folder whose METS names it."""

    path: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of the whole. `at`: when the package was begun, so that it has the same bytes made again."""

    id: UUID
    organ: str
    identifier: str
    at: datetime

    @property
    def folder(self) -> str:
        return f"uuid-{str(self.id).upper()}"


def of_package(head: Head, *, described: Sequence[Held], documents: Sequence[Held], rep: Held) -> Iterator[bytes]:
    """The one at the root. `rep`: the METS of the representation, which names the files in it."""
    root, at = _begun(head, head.folder), _moment(head.at)
    for number, one in enumerate(described, 1):
        section = _add(root, "dmdSec", ID=f"dmd-{number}", CREATED=at, STATUS="CURRENT")
        kind = {"MDTYPE": "OTHER", "OTHERMDTYPE": "LIST OF DOSSIERS"}
        _add(section, "mdRef", **_where(one.path), **kind, **_what(one, at))
    files = _add(root, "fileSec", ID="files")
    _group(files, "documentation", "Documentation", documents, at)
    _group(files, "rep1", "Representations/rep1", [rep], at)
    whole = _structure(root, head.folder)
    _add(
        whole, "div", ID="div-metadata", LABEL="Metadata", DMDID=" ".join(f"dmd-{n + 1}" for n in range(len(described)))
    )
    _add(_add(whole, "div", ID="div-documentation", LABEL="Documentation"), "fptr", FILEID="documentation")
    part = _add(whole, "div", ID="div-rep1", LABEL="Representations/rep1")
    _add(part, "mptr", **_where(rep.path), **{f"{{{XLINK}}}title": "rep1"})
    return _blocks(root)


def of_representation(head: Head, data: Sequence[Held]) -> Iterator[bytes]:
    root = _begun(head, "rep1")
    _group(_add(root, "fileSec", ID="files"), "data", "Data", data, _moment(head.at))
    _add(_add(_structure(root, "rep1"), "div", ID="div-data", LABEL="Data"), "fptr", FILEID="data")
    return _blocks(root)


def _begun(head: Head, name: str) -> Xml.Element:
    """With who handed it over."""
    kind = {"TYPE": "Mixed", f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "MIXED", "PROFILE": PROFILE}
    root = Xml.Element(f"{{{METS}}}mets", {"OBJID": name, **kind})
    status = {f"{{{CSIP}}}OAISPACKAGETYPE": "SIP", "RECORDSTATUS": "NEW"}
    header = _add(root, "metsHdr", CREATEDATE=_moment(head.at), **status)
    made = _add(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    organ = _add(header, "agent", ROLE="CREATOR", TYPE="ORGANIZATION")
    _add(made, "name").text, _add(organ, "name").text = SOFTWARE, head.organ
    _add(organ, "note", **{f"{{{CSIP}}}NOTETYPE": "IDENTIFICATIONCODE"}).text = head.identifier
    return root


def _group(files: Xml.Element, name: str, use: str, held: Sequence[Held], at: str) -> None:
    group = _add(files, "fileGrp", ID=name, USE=use)
    for number, one in enumerate(held, 1):
        file = _add(group, "file", ID=f"{name}-{number:06}", **_what(one, at))
        _add(file, "FLocat", **_where(one.path))


def _structure(root: Xml.Element, label: str) -> Xml.Element:
    table = _add(root, "structMap", ID="structure", TYPE="PHYSICAL", LABEL="CSIP")
    return _add(table, "div", ID="div-whole", LABEL=label)


def _add(parent: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, f"{{{METS}}}{name}", attributes)


def _where(path: str) -> dict[str, str]:
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": quote(path)}


def _what(one: Held, at: str) -> dict[str, str]:
    told = {"MIMETYPE": one.media_type, "SIZE": str(one.size), "CREATED": at}
    return told | {"CHECKSUM": one.sha256, "CHECKSUMTYPE": "SHA-256"}


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def _blocks(root: Xml.Element) -> Iterator[bytes]:
    whole = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    yield from (whole[start : start + BLOCK] for start in range(0, len(whole), BLOCK))
