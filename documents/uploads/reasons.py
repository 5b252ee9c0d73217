"""Why a file is refused, each in a sentence that says what to do instead."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NAME_TOO_LONG = "name-too-long"
    NAME_ODD = "name-odd"
    NAME_DOUBLE = "name-double"
    TYPE = "type"
    PHONE_PICTURE = "phone-picture"
    OLD_OFFICE = "old-office"
    MACROS = "macros"
    MISMATCH = "mismatch"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    OPENS = "opens"
    ATTACHED = "attached"
    OUTSIDE = "outside"
    TWO_IN_ONE = "two-in-one"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_INTRICATE = "too-intricate"
    TOO_MANY_ENTRIES = "too-many-entries"
    UNPACKS_TOO_FAR = "unpacks-too-far"
    ENTRY_NAME = "entry-name"
    ENTRY = "entry"
    NESTED = "nested"
    QUOTA = "quota"


SENTENCES = {
    Reason.EMPTY: _("This file is empty. Nothing was kept. Choose the file again, or scan the paper again."),
    Reason.TOO_LARGE: _(
        "This file is larger than %(most)s. Nothing was kept. Scan with 200 dots per inch, or send it in several parts."
    ),
    Reason.NAME_TOO_LONG: _(
        "The name of this file is longer than %(most)s characters. Nothing was kept. Give it a shorter name."
    ),
    Reason.NAME_ODD: _(
        "The name of this file has signs that names may not have. Nothing was kept. Use letters, numbers and hyphens."
    ),
    Reason.NAME_DOUBLE: _(
        "The name of this file has two endings, as names of harmful programs have. Nothing was kept. Leave one ending."
    ),
    Reason.TYPE: _("Files of this type are not taken here. Nothing was kept. Send one of these: %(types)s."),
    Reason.PHONE_PICTURE: _(
        "Pictures of the type HEIC are not taken. Nothing was kept. Set the camera of the phone to JPEG (“most"
        " compatible”), or send a PDF."
    ),
    Reason.OLD_OFFICE: _(
        "Files of old office programs are not taken. Nothing was kept. Save it as one of these: %(types)s."
    ),
    Reason.MACROS: _("This file can hold macros. Nothing was kept. Save it without macros, or as a PDF."),
    Reason.MISMATCH: _(
        "The content of this file is not what its name says. Nothing was kept. Save it again in the right type."
    ),
    Reason.DAMAGED: _("This file is damaged. Nothing was kept. Print it to a new PDF, or scan the paper again."),
    Reason.ENCRYPTED: _(
        "This file is locked by a password, so it cannot be checked. Nothing was kept. Save it without a password."
    ),
    Reason.PROGRAM: _(
        "This PDF holds a program or plays media. Nothing was kept. Print it to a new PDF and send that."
    ),
    Reason.OPENS: _(
        "This PDF does something by itself when it is opened. Nothing was kept. Print it to a new PDF and send that."
    ),
    Reason.ATTACHED: _(
        "Other files are attached inside this PDF. Nothing was kept. Send each file by itself, or print a new PDF."
    ),
    Reason.OUTSIDE: _(
        "This file fetches content from elsewhere when it is opened. Nothing was kept. Save it as a PDF and send that."
    ),
    Reason.TWO_IN_ONE: _(
        "This file is two files in one. Nothing was kept. Save it again with the program that made it, or print it to"
        " a new PDF."
    ),
    Reason.TOO_MANY_PIXELS: _("A picture in this file is too large. Nothing was kept. Save it with fewer pixels."),
    Reason.TOO_MANY_PAGES: _("This file has more than %(most)s pages. Nothing was kept. Send it in several parts."),
    Reason.TOO_INTRICATE: _(
        "This PDF is built in too intricate a way to be checked. Nothing was kept. Print it to a new PDF and send that."
    ),
    Reason.TOO_MANY_ENTRIES: _(
        "This archive holds more than %(most)s files. Nothing was kept. Send it in several parts."
    ),
    Reason.UNPACKS_TOO_FAR: _(
        "This file becomes far larger when it is opened. Nothing was kept. Send its contents by themselves."
    ),
    Reason.ENTRY_NAME: _(
        "A file in this archive has a name that may not be. Nothing was kept. Give it a plain name without folders"
        " above it."
    ),
    Reason.ENTRY: _("A file in this archive was refused: %(why)s"),
    Reason.NESTED: _("This archive holds another archive. Nothing was kept. Unpack it and send the papers."),
    Reason.QUOTA: _(
        "You have sent more than %(most)s within a day. Nothing was kept. Please send the rest tomorrow, or bring it to"
        " the desk."
    ),
}
