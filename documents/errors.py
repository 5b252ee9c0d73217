"""Why a deed was not done. Each message says what was kept and what to do next."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.uploads.reasons import SENTENCES, Reason


class DocumentsError(Exception):
    message: str | Promise = _("This is not possible. Nothing was saved.")

    def __str__(self) -> str:
        return str(self.message)


class FileRefusedError(DocumentsError):
    """`code` is one of `documents.uploads.reasons`; the text is the sentence for the person who sent the file."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values

    @property
    def code(self) -> str:
        return self.reason.value

    def __str__(self) -> str:
        return str(SENTENCES[self.reason]) % self.values


class FileNotYoursError(DocumentsError):
    message = _("This file belongs to neither you nor your unit. Nothing was changed.")


class UploadGoneError(DocumentsError):
    message = _("This file was not sent to its end within a day, or was used already. Choose it again.")


class UploadsOpenError(DocumentsError):
    message = _("Too many files are on their way. Wait until they have arrived, or try again tomorrow.")


class UploadOffsetError(DocumentsError):
    """`received`: how many bytes are there; the next part begins behind them."""

    message = _("A part of the file is missing. Choose it again; what has arrived is kept.")

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class FileStateError(DocumentsError):
    message = _("This file has been judged already. Nothing was changed.")


class UnknownUnitError(DocumentsError):
    message = _("One of these units does not exist. Nothing was changed.")


class SharedTooWidelyError(DocumentsError):
    message = _("A file can be shared with 100 units at most. Nothing was changed.")


class FileNotReadyError(DocumentsError):
    message = _("This file is still being checked for viruses. It is kept; please open it again in a minute.")


class ContentLostError(DocumentsError):
    """The row is there and its content is not: the operators are told by `manage.py check_files`."""

    message = _("The content of this file cannot be reached now. Please try again later, or ask the desk.")


class FileGoneError(ContentLostError):
    """A rule of retention removed it."""

    message = _("Its time of keeping was over, so it was removed. Its digest is kept, and proves a copy of your own.")


# --- Deeds on documents ------------------------------------------------------------------------------------------


class NotAllowedError(DocumentsError):
    message = _("You have no right to do this with this document today. Nothing was saved.")


class WrongStateError(DocumentsError):
    message = _("The document stands at another step now. Nothing was saved; open it again to see what is to be done.")


class StaleError(DocumentsError):
    """Somebody was quicker. `who` and `did` are words for people."""

    def __init__(self, *, who: str, did: str, at: str) -> None:
        super().__init__(who, did, at)
        self.message = _(
            "%(who)s changed this document meanwhile (%(did)s, %(at)s). Nothing of yours was saved; "
            "open it again, look at what is new, and decide anew."
        ) % {"who": who, "did": did, "at": at}


class FaultsError(DocumentsError):
    """What does not fit, all of it at once: field -> sentence."""

    opening: str | Promise = _("Nothing was saved. Please mend:")

    def __init__(self, faults: dict[str, str | Promise]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return " ".join([str(self.opening), *(str(fault) for fault in self.faults.values())])


class BadDraftError(FaultsError):
    pass


class BadSearchError(FaultsError):
    opening = _("Nothing was looked for. Please mend:")


class FormFaultError(FaultsError):
    """The form check found something. NĐ 30/2020 Đ.12.2"""

    opening = _("The form is not in order yet; the document stays where it is. Please return it, or mend:")


class NoReasonError(DocumentsError):
    message = _("Write why, so that the one who gets it back knows what to do. Nothing was saved.")


class BusyError(DocumentsError):
    message = _("This document is being signed or sealed at this moment. Wait until that is done, or cancel it.")


class NotReadyError(DocumentsError):
    message = _("Its signatures could not be confirmed as valid, so it is not issued. It stays as it is.")


class BadBatchError(DocumentsError):
    message = _("Choose between 1 and 200 documents of one unit, each only once. Nothing was signed.")


class NotPrintableError(DocumentsError):
    message = _(
        "Its layout or its type is no longer in force. Return it, so that it is drafted anew. Nothing was done."
    )


class NotReplacingError(DocumentsError):
    message = _("Only an issued document of the same organ and type replaces another. Nothing was saved.")


class NothingToDoError(DocumentsError):
    message = _("It has ended already. Nothing was changed.")


def listed(problems: Sequence[str]) -> dict[str, str | Promise]:
    return {f"content.{number}": problem for number, problem in enumerate(problems)}


class ReportStandsError(DocumentsError):
    message = _("The report was neither returned nor cancelled, so it stays as it is. Read the act's page again.")


class NobodySignsError(DocumentsError):
    message = _("Nobody at the unit may sign the report now. Nothing was changed; draft it when somebody is appointed.")
