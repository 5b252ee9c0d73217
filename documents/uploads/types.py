"""The types that are taken, and how their first bytes begin. What else a name may end in has its own answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    """`declared` are the media types under which browsers send it; the first is ours."""

    code: str
    declared: tuple[str, ...]
    extensions: tuple[str, ...]
    magic: bytes

    @property
    def media_type(self) -> str:
        return self.declared[0]


PDF = FileType("pdf", ("application/pdf",), (".pdf",), b"%PDF-")
JPEG = FileType("jpeg", ("image/jpeg", "image/pjpeg"), (".jpg", ".jpeg"), b"\xff\xd8\xff")
PNG = FileType("png", ("image/png",), (".png",), b"\x89PNG\r\n\x1a\n")
DOCX = FileType(
    "docx", ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",), (".docx",), b"PK\x03\x04"
)
XLSX = FileType(
    "xlsx", ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",), (".xlsx",), b"PK\x03\x04"
)
ZIP = FileType("zip", ("application/zip", "application/x-zip-compressed"), (".zip",), b"PK\x03\x04")
ALL = (PDF, JPEG, PNG, DOCX, XLSX, ZIP)
PACKAGES = (DOCX, XLSX)

UNDECLARED = {"", "application/octet-stream"}  # a browser that doesn't know the type says so
PHONE_PICTURES = (".heic", ".heif")  # nothing here can look inside one
OLD_OFFICE = (".doc", ".xls", ".ppt", ".rtf", ".odt", ".ods")
WITH_MACROS = (".docm", ".xlsm", ".dotm", ".xltm", ".xlsb", ".xlam", ".pptm")
# An ending before the last one that makes a system run the file when the last is hidden or cut off.
ACTIVE = frozenset(
    {"app", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "lnk", "msi", "pif", "ps1", "py", "reg"}
    | {"scr", "sh", "swf", "url", "vb", "vbe", "vbs", "wsf", "js", "jse", "htm", "html", "php", "svg", "xhtml", "xml"}
    | {extension.removeprefix(".") for extension in WITH_MACROS}
)


def type_of_extension(extension: str) -> FileType | None:
    return next((kind for kind in ALL if extension in kind.extensions), None)
