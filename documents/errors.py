"""Why a deed was not done. Each message says what was kept and what to do next."""

from django.utils.translation import gettext_lazy as _

from documents.uploads.reasons import SENTENCES, Reason


class DocumentsError(Exception):
    message = _("This is not possible. Nothing was saved.")

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
