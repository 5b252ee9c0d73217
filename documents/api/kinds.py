"""Which problem each refusal of this app is over REST, and what programs may be granted here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents import errors
from documents.registers import errors as registers
from documents.states import Capability
from portal.api.problems import Kind

KINDS: dict[type[Exception], Kind] = {
    errors.DocumentsError: Kind.NOT_POSSIBLE,
    errors.NotAllowedError: Kind.FORBIDDEN,
    errors.StaleError: Kind.PRECONDITION_FAILED,
    errors.WrongStateError: Kind.CONFLICT,
    errors.ReportStandsError: Kind.CONFLICT,
    errors.NobodySignsError: Kind.CONFLICT,
    errors.BusyError: Kind.CONFLICT,
    errors.NothingToDoError: Kind.CONFLICT,
    errors.NotReadyError: Kind.CONFLICT,
    errors.FileNotReadyError: Kind.CONFLICT,
    errors.FileGoneError: Kind.NOT_FOUND,
    errors.ContentLostError: Kind.UNAVAILABLE,
    registers.RegisterError: Kind.NOT_POSSIBLE,
    registers.NotAllowedError: Kind.FORBIDDEN,
    registers.BookClosedError: Kind.CONFLICT,
    registers.AlreadyVoidedError: Kind.CONFLICT,
}
# Judging, approving, signing, numbering, sealing and issuing are deeds of people. NĐ 30/2020 Đ.11-18
PROGRAMS: dict[str, str | Promise] = {
    Capability.DOCUMENT_VIEW.value: _("read documents of the unit"),
    Capability.DOCUMENT_DRAFT.value: _("draft documents and submit them for review"),
    Capability.RESULT_SEARCH.value: _("look for issued results of a person"),
    Capability.REGISTER_VIEW.value: _("read register books of the unit"),
    Capability.REGISTER_ENTER.value: _("register incoming documents and add remarks"),
}
