"""What must be in order before a document is approved: thể thức, checked by machine, all faults named at once.

NĐ 30/2020 Đ.8 and Đ.12.2: the components that a person fills are looked for here; those that the layout prints by
itself (Quốc hiệu, name of the organ, places of signature and seal) can't be missing.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from documents.catalogue import UnknownTypeError, document_type
from documents.errors import listed
from documents.kinds import NO_SECRECY, Capacity
from documents.layouts.catalogue import layout
from documents.layouts.checking import check, plain
from documents.layouts.errors import LayoutDataError, UnknownLayoutError
from documents.models import Document
from documents.policies import signing_right
from documents.printing import OWN, data_of, fields_of

Faults = dict[str, str | Promise]


def content_faults(document: Document) -> Faults:
    """What keeps it from being printed: what the schema of its layout says, and the parts that the portal fills in."""
    try:
        data, wanted = data_of(document), fields_of(document)
    except UnknownLayoutError:
        return {"layout": _("This layout is not in force. Choose another.")}
    faults: Faults = {}
    if "recipients" in wanted and "recipients" not in data:
        faults["recipients"] = _("Nobody is named to receive it.")
    if "signature" in wanted and "signature" not in data:
        faults["signer"] = _not_by(document)
    try:
        check(layout(document.layout_code, document.layout_on), plain(data))
    except LayoutDataError as error:
        ours = tuple(start for name in OWN for start in (f"$.{name}", f"$: '{name}' is a required"))
        faults |= listed([problem for problem in error.problems if not problem.startswith(ours)])
    return faults


def form_faults(document: Document, on: date) -> Faults:
    faults: Faults = content_faults(document)
    try:
        document_type(document.type_code, on)
    except UnknownTypeError:
        faults["type_code"] = _("This type of document is not in force today. Choose another.")
    if document.secrecy != NO_SECRECY:
        faults["secrecy"] = _("State secrets never enter the portal.")
    signer = document.signer
    if signer.user is None or signing_right(signer.user, document, on) is None:
        faults["signer"] = _not_by(document)
    return faults


def _not_by(document: Document) -> str:
    return _(
        "The signer may not sign this in the capacity “%(capacity)s” today. Choose another signer or capacity."
    ) % {"capacity": document.capacity or Capacity(document.capacity).label}
