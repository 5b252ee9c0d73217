"""What is open, described for machines: data sets as DCAT, the catalogue as CPSV-AP 3.2.0, both as JSON-LD."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from services.linked_data import CONTEXT, as_json_ld
from services.models import ProcedureVersion

Json = dict[str, Any]
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
EVERY_MINUTE = "http://publications.europa.eu/resource/authority/frequency/CONT"


def _both(text: Promise) -> list[Json]:
    """In both languages of the portal."""
    found = []
    for language in ("vi", "en"):
        with override(language):
            found.append({"@value": str(text), "@language": language})
    return found


def catalogue_of(
    base: str, *, statistics: str, sheet: str, procedures: str, page: str, changed: datetime | None
) -> Json:
    """The addresses are whole; `base` names the catalogue itself."""
    publisher = {
        "@id": f"{base}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": settings.PORTAL_OWNER or settings.PORTAL_NAME,
    }
    figures = _data_set(
        f"{base}#figures",
        _("Figures of the one-stop desks by unit and period"),
        _(
            "Dossiers received and finished, on time, online and digitised, by commune and month, quarter or year. "
            "Numbers below the published threshold are not shown."
        ),
        publisher,
        [
            _form(f"{base}#figures-json", statistics, "application/json"),
            _form(f"{base}#figures-csv", sheet, "text/csv"),
        ],
    )
    if changed:
        figures["dct:modified"] = {"@value": changed.isoformat(), "@type": "xsd:dateTime"}
    described = _data_set(
        f"{base}#procedures",
        _("The catalogue of procedures as linked data"),
        _("Every procedure that holds today, with its parts, as CPSV-AP 3.2.0."),
        publisher,
        [_form(f"{base}#procedures-jsonld", procedures, "application/ld+json")],
    )
    return {
        "@context": DCAT,
        "@id": base,
        "@type": "dcat:Catalog",
        "dct:title": _both(_("Open data of the one-stop portal")),
        "dct:description": _both(_("What the portal gives to everybody, for any use.")),
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": page},
        "dcat:dataset": [figures, described],
    }


def _data_set(name: str, title: Promise, description: Promise, publisher: Json, forms: list[Json]) -> Json:
    return {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:identifier": name.rsplit("#", 1)[1],
        "dct:title": _both(title),
        "dct:description": _both(description),
        "dct:publisher": publisher,
        "dct:accrualPeriodicity": {"@id": EVERY_MINUTE},
        "dcat:distribution": forms,
    }


def _form(name: str, address: str, media_type: str) -> Json:
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": media_type,
        "dct:license": {"@id": LICENCE},
    }


def procedures_of(versions: Iterable[ProcedureVersion], address: Any) -> Iterator[Json]:
    """Each as a node of one graph; `address(code)` is the page that names it."""
    for version in versions:
        node = as_json_ld(version, address(version.code))
        node.pop("@context")
        yield node


HEAD: Json = {"@context": CONTEXT}
