"""Who stands in a certificate, field by field, for people to read. X.520, RFC 5280"""

from collections.abc import Mapping

from asn1crypto import x509
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# In the order in which they are read; what a certificate does not say is left out, and other fields are no names.
WORDS: Mapping[str, str | Promise] = {
    "common_name": _("Name"),
    "title": _("Title"),
    "organizational_unit_name": _("Division"),
    "organization_name": _("Organisation"),
    "locality_name": _("Place"),
    "state_or_province_name": _("Province"),
    "country_name": _("Country"),
    "user_id": _("Personal or tax number"),
    "serial_number": _("Number of the holder"),
    "organization_identifier": _("Number of the organisation"),
    "email_address": _("E-mail"),
}
SHORT = ("common_name", "organization_name")


def fields(der: bytes, *, issuer: bool = False) -> list[tuple[str | Promise, str]]:
    """Words and value of each field of the holder, or of who issued it."""
    said = _said(der, issuer=issuer)
    return [(words, said[key]) for key, words in WORDS.items() if key in said]


def in_short(der: bytes, *, issuer: bool = False) -> str:
    """Name and organisation, once where they are the same."""
    said = _said(der, issuer=issuer)
    return ", ".join(dict.fromkeys(said[key] for key in SHORT if key in said))


def in_groups(serial: str) -> str:
    """A serial number in groups of four, as people compare it."""
    return " ".join(serial[place : place + 4] for place in range(0, len(serial), 4))


def _said(der: bytes, *, issuer: bool) -> dict[str, str]:
    try:
        certificate = x509.Certificate.load(bytes(der))
        name = certificate.issuer if issuer else certificate.subject
    except ValueError:  # whoever registered it read more of it than this does; the page goes on without
        return {}
    return {key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in name.native.items()}
