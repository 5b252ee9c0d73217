"""Hostile and odd files, each with the answer it must get. Built, not kept: nobody has to trust a folder of samples."""

from collections.abc import Iterator
from dataclasses import dataclass

from documents.uploads.kinds import UploadKind
from documents.uploads.limits import limits_for
from documents.uploads.reasons import Reason
from tests.documents.making import (
    EICAR,
    PAGE,
    archive,
    claiming,
    docx,
    flate,
    linked,
    marked_encrypted,
    overlapping,
    pdf,
    picture,
    png_claiming,
    relationship,
    revised,
    stream,
    streamed_xref,
    within_each_other,
    xlsx,
)

K, R = UploadKind, Reason
MIB = 1024 * 1024
LIMIT = limits_for(K.ATTACHMENT).bytes
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><pdfaid:part>3</pdfaid:part></x:xmpmeta>'
FILESPEC = b"<< /Type /Filespec /F (a) /EF << /F 5 0 R >> >>"


@dataclass(frozen=True, slots=True)
class Sample:
    """`answer` None: the file is taken."""

    about: str
    name: str
    content: bytes
    answer: Reason | None
    kind: UploadKind = K.ATTACHMENT
    declared: str = ""

    def __str__(self) -> str:
        return self.about.replace(" ", "-")


def samples() -> list[Sample]:
    return [
        *good(),
        *names(),
        *mismatches(),
        *pdfs(),
        *hidden_pdfs(),
        *broken_pdfs(),
        *pictures(),
        *archives(),
        *packages(),
    ]


def good() -> Iterator[Sample]:
    """What people send every day must pass, or the rules are useless."""
    yield Sample("plain pdf", "giấy khai sinh.pdf", pdf(), None, declared="application/pdf")
    yield Sample("pdf in capitals", "SCAN0001.PDF", pdf(), None)
    yield Sample("pdf with two revisions", "a.pdf", revised(pdf(), 3, PAGE), None)
    yield Sample("pdf with object streams", "a.pdf", streamed_xref({5: b"<< /Title (x) >>"}), None)
    yield Sample("pdf that opens on a page", "a.pdf", pdf(catalog=b"/OpenAction [3 0 R /Fit]"), None)
    yield Sample(
        "pdf that goes to a page", "a.pdf", pdf(b"<< /S /GoTo /D [3 0 R /Fit] >>", catalog=b"/OpenAction 4 0 R"), None
    )
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.vn) >> >>"
    yield Sample("pdf with a link", "a.pdf", pdf(link), None)
    yield Sample("pdf with many dots in its name", "Mẫu số 01.2025.v2.pdf", pdf(), None)
    yield Sample("name in decomposed letters", "gia\u0302\u0301y.pdf", pdf(), None)
    yield Sample("photo", "anh.jpg", picture("JPEG"), None, declared="image/jpeg")
    yield Sample("photo of unknown type", "anh.jpeg", picture("JPEG"), None, declared="application/octet-stream")
    yield Sample("photo with bytes after its end", "anh.jpg", picture("JPEG") + b"ftypmp42" + bytes(99), None)
    yield Sample("picture", "anh.png", picture("PNG"), None, declared="image/png")
    yield Sample("letter", "cong-van.docx", docx(), None, K.DRAFT)
    chart = docx({"word/embeddings/sheet1.xlsx": xlsx()})
    yield Sample("letter with a chart", "a.docx", chart, None, K.DRAFT)
    linked_words = docx(related=relationship("hyperlink", "https://example.vn"))
    yield Sample("letter with a link", "a.docx", linked_words, None, K.DRAFT)
    yield Sample("sheet", "a.xlsx", xlsx({"xl/printerSettings/printerSettings1.bin": b"x"}), None, K.DRAFT)
    yield Sample("archive of papers", "a.zip", archive({"1/a.pdf": pdf(), "2.jpg": picture("JPEG")}), None, K.BUNDLE)
    yield Sample("pdf with its data", "kq.pdf", _with_data(b'{"a": 1}', b"/application#2Fjson"), None, K.INCOMING)
    yield Sample("one byte at the limit", "a.pdf", _sized(LIMIT), None)


def names() -> Iterator[Sample]:
    for about, name, answer in [
        ("path in name", "../../etc/passwd.pdf", R.NAME_ODD),
        ("windows path in name", "..\\a.pdf", R.NAME_ODD),
        ("absolute path in name", "/etc/a.pdf", R.NAME_ODD),
        ("nul in name", "a\x00.exe.pdf", R.NAME_ODD),
        ("line break in name", "a\r\nSet-Cookie: x.pdf", R.NAME_ODD),
        ("right to left name", "hoa\u202efdp.jpg", R.NAME_ODD),
        ("isolate in name", "hoa\u2066.pdf", R.NAME_ODD),
        ("zero width name", "h\u200boa.pdf", R.NAME_ODD),
        ("half of a pair in name", "a\ud800.pdf", R.NAME_ODD),
        ("dots in name", "a..pdf", R.NAME_ODD),
        ("only an ending", ".pdf", R.NAME_ODD),
        ("device name", "CON.pdf", R.NAME_ODD),
        ("numbered device name", "lpt1.x.pdf", R.NAME_ODD),
        ("double ending", "hoa.exe.pdf", R.NAME_DOUBLE),
        ("double ending with a blank", "hoa.js .pdf", R.NAME_DOUBLE),
        ("name of 151 signs", "a" * 147 + ".pdf", R.NAME_TOO_LONG),
        ("name of 8 KB", "a" * 8192 + ".pdf", R.NAME_TOO_LONG),
        ("no ending", "giay-to", R.TYPE),
        ("program", "a.exe", R.TYPE),
        ("web page", "a.html", R.TYPE),
        ("drawing with script", "a.svg", R.TYPE),
        ("table of formulas", "a.csv", R.TYPE),
        ("xml with entities", "a.xml", R.TYPE),
        ("phone picture", "IMG_1.HEIC", R.PHONE_PICTURE),
        ("old letter", "a.doc", R.OLD_OFFICE),
        ("letter with macros", "a.docm", R.MACROS),
        ("letter where papers are asked", "a.docx", R.TYPE),
    ]:
        yield Sample(about, name, b"<x/>=cmd|' /C calc'!A0", answer)


def mismatches() -> Iterator[Sample]:
    yield Sample("empty", "a.pdf", b"", R.EMPTY)
    yield Sample("one byte over the limit", "a.pdf", _sized(LIMIT + 1), R.TOO_LARGE)
    yield Sample("picture called pdf", "a.pdf", picture("PNG"), R.MISMATCH)
    yield Sample("pdf called picture", "a.png", pdf(), R.MISMATCH)
    yield Sample("program called pdf", "a.pdf", b"MZ" + bytes(500), R.MISMATCH)
    yield Sample("phone picture called jpg", "a.jpg", b"\0\0\0\x18ftypheic" + bytes(99), R.MISMATCH)
    yield Sample(
        "old letter called docx", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), R.MISMATCH, K.DRAFT
    )
    yield Sample("declared as a web page", "a.pdf", pdf(), R.MISMATCH, declared="text/html; charset=utf-8")
    yield Sample("declared as another picture", "a.png", picture("PNG"), R.MISMATCH, declared="image/jpeg")
    yield Sample("virus by itself", "a.pdf", EICAR, R.MISMATCH)
    yield Sample("archive called letter", "a.docx", archive({"a.pdf": pdf()}), R.MISMATCH, K.DRAFT)
    yield Sample("sheet called letter", "a.docx", xlsx(), R.MISMATCH, K.DRAFT)


def pdfs() -> Iterator[Sample]:
    script = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    for about, content, answer in [
        ("script on opening", pdf(script, catalog=b"/OpenAction 4 0 R"), R.PROGRAM),
        ("script in names", pdf(script, catalog=b"/Names << /JavaScript << /Names [(x) 4 0 R] >> >>"), R.PROGRAM),
        ("script nobody refers to", pdf(script), R.PROGRAM),
        ("script under a disguised name", pdf(b"<< /S /J#61vaScript /J#53 (x) >>"), R.PROGRAM),
        ("script behind a reference", pdf(b"<< /S 5 0 R /X (x) >>", b"/JavaScript"), R.PROGRAM),
        ("launch", pdf(b"<< /S /Launch /F (cmd.exe) >>"), R.PROGRAM),
        ("rich media", pdf(b"<< /Type /Annot /Subtype /RichMedia >>"), R.PROGRAM),
        ("film", pdf(b"<< /Type /Annot /Subtype /Movie >>"), R.PROGRAM),
        ("xfa form", pdf(catalog=b"/AcroForm << /XFA 4 0 R >>"), R.PROGRAM),
        ("form that sends", pdf(b"<< /S /SubmitForm /F (http://example.vn) >>"), R.PROGRAM),
        ("opens a page of the web", pdf(catalog=b"/OpenAction << /S /URI /URI (http://x) >>"), R.OPENS),
        ("opens twice", pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R] /Next << /S /URI /URI (x) >> >>"), R.OPENS),
        ("opens what is not there", pdf(catalog=b"/OpenAction 99 0 R"), R.OPENS),
        ("page that does something", pdf(page=PAGE[:-2] + b"/AA << /O << /S /URI /URI (x) >> >> >>"), R.OPENS),
        ("page that hides what it does", pdf(b"<< >>", page=PAGE[:-2] + b"/AA 4 0 R >>"), R.OPENS),
        ("attached program", pdf(FILESPEC, stream(b"MZ", b"/Type /EmbeddedFile")), R.ATTACHED),
        ("attached without a type", pdf(FILESPEC, stream(b"MZ")), R.ATTACHED),
        ("attached data where none is expected", _with_data(b"{}", b"/application#2Fjson"), R.ATTACHED),
        ("locked", pdf(b"<< /Filter /Standard /V 1 >>", trailer=b"/Encrypt 4 0 R"), R.ENCRYPTED),
        ("bomb", pdf(flate(bytes(450 * MIB))), R.UNPACKS_TOO_FAR),
        ("packed twice", pdf(stream(b"x", b"/Filter [/FlateDecode /FlateDecode]")), R.UNPACKS_TOO_FAR),
        ("runs without end", pdf(stream(bytes(7 * MIB), b"/Filter /RunLengthDecode")), R.UNPACKS_TOO_FAR),
        ("huge picture inside", pdf(stream(b"", b"/Subtype /Image /Width 60000 /Height 60000")), R.TOO_MANY_PIXELS),
        ("too many pages", pdf(pages=b"/Count 501"), R.TOO_MANY_PAGES),
        ("archive behind the end", pdf() + archive({"a.exe": b"MZ"}), R.TWO_IN_ONE),
        ("web page at the head", pdf(head=b"%<html><script>alert(1)</script>\n"), R.TWO_IN_ONE),
    ]:
        yield Sample(f"pdf {about}", "a.pdf", content, answer)
    for about, data, media in [
        ("script as data", b"<script>alert(1)</script>", b"/text#2Fxml"),
        ("program as data", b"MZ\0", b"/application#2Fjson"),
        ("page as data", b"<a/>", b"/text#2Fhtml"),
        ("entities as data", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"/text#2Fxml"),
    ]:
        yield Sample(f"pdf {about}", "a.pdf", _with_data(data, media), R.ATTACHED, K.INCOMING)
    undeclared = _with_data(b"{}", b"/application#2Fjson").replace(b"pdfaid", b"pdfxid")
    yield Sample("pdf data without the standard", "a.pdf", undeclared, R.ATTACHED, K.INCOMING)


def hidden_pdfs() -> Iterator[Sample]:
    """The same, where only a reader that takes the file apart finds it."""
    script = b"<< /S /JavaScript /JS (x) >>"
    yield Sample("pdf script in an object stream", "a.pdf", streamed_xref({5: script}), R.PROGRAM)
    yield Sample("pdf script in an older revision", "a.pdf", revised(pdf(script), 4, b"null"), R.PROGRAM)
    yield Sample("pdf script in a newer revision", "a.pdf", revised(pdf(b"null"), 4, script), R.PROGRAM)
    yield Sample("pdf script deep inside", "a.pdf", pdf(b"[" * 40 + script + b"]" * 40), R.PROGRAM)


def broken_pdfs() -> Iterator[Sample]:
    """Damaged by accident, or made to keep a reader busy for hours."""
    whole = pdf()
    endless = streamed_xref({5: b"null"}, index=b"/Index [0 2000000000]")
    widthless = streamed_xref({5: b"null"}, index=b"/Index [0 40000]", widths=b"[0 0 0]")
    ring = whole.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % whole.rindex(b"xref\n0"))
    for about, content, answer in [
        ("that is only a head", b"%PDF-1.7\n", R.DAMAGED),
        ("cut in half", whole[: len(whole) // 2], R.DAMAGED),
        ("without its table", whole[: whole.rindex(b"xref\n0")], R.DAMAGED),
        ("with a table elsewhere", whole.replace(b"startxref\n", b"startxref\n9"), R.DAMAGED),
        ("without pages", pdf(page=b"<< /Type /Nothing >>"), R.DAMAGED),
        ("with less than no pages", pdf(pages=b"/Count -1"), R.DAMAGED),
        ("after other bytes", b"\n\n" + whole, R.MISMATCH),
        ("nested too deep", pdf(b"[" * 5000 + b"]" * 5000), R.DAMAGED),
        ("nested deep", pdf(b"[" * 150 + b"]" * 150), R.TOO_INTRICATE),
        ("of endless tables", endless, R.TOO_INTRICATE),
        ("of tables without width", widthless, R.DAMAGED),
        ("whose tables go in a ring", ring, R.DAMAGED),
        ("of too many objects", pdf(*([b"null"] * 20_001)), R.TOO_INTRICATE),
        ("of too many held objects", streamed_xref({5: b"null"}, objects=2_000_000), R.DAMAGED),
        ("of unclosed words", pdf(b"(" + b"x" * 900), R.DAMAGED),
        ("whose objects lie in each other", within_each_other(10_000), R.TOO_INTRICATE),
        ("with a filter nobody knows", pdf(stream(b"x", b"/Filter /Magic")), R.DAMAGED),
        ("that measures itself by itself", pdf(b"<< /Length 4 0 R >>\nstream\nx\nendstream"), R.DAMAGED),
    ]:
        yield Sample(f"pdf {about}", "a.pdf", content, answer)


def pictures() -> Iterator[Sample]:
    jpeg, png = picture("JPEG"), picture("PNG")
    for about, name, content, answer in [
        ("png of ten thousand million pixels", "a.png", png_claiming(100_000, 100_000), R.TOO_MANY_PIXELS),
        ("png a little too large", "a.png", png_claiming(8_001, 10_000), R.TOO_MANY_PIXELS),
        ("png cut off", "a.png", png[:60], R.DAMAGED),
        ("png with a wrong checksum", "a.png", png[:45] + b"\xff" + png[46:], R.DAMAGED),
        ("png that is only a head", "a.png", png[:8], R.DAMAGED),
        ("jpeg cut off", "a.jpg", jpeg[: len(jpeg) // 2], R.DAMAGED),
        ("jpeg that is only a head", "a.jpg", b"\xff\xd8\xff\xe0", R.DAMAGED),
        ("jpeg with a page inside", "a.jpg", jpeg + b"<html ><body onload=alert(1)>", R.TWO_IN_ONE),
        ("jpeg with a program for servers", "a.jpg", jpeg + b"<?php system($_GET[0]);", R.TWO_IN_ONE),
        ("jpeg with an archive behind it", "a.jpg", jpeg + archive({"a.exe": b"MZ"}), R.TWO_IN_ONE),
        ("png with a pdf behind it", "a.png", png + pdf(), R.TWO_IN_ONE),
        ("picture with a page over a block", "a.jpg", jpeg + bytes(MIB - len(jpeg) - 4) + b"<script >", R.TWO_IN_ONE),
    ]:
        yield Sample(about, name, content, answer)


def archives() -> Iterator[Sample]:
    good_pdf = pdf()
    inner = archive({"a.pdf": good_pdf})
    lying = archive({"a.pdf": bytes(MIB)})
    at = lying.rfind(b"PK\1\2")
    lying = lying[: at + 24] + (100).to_bytes(4, "little") + lying[at + 28 :]
    for about, content, answer in [
        ("flat bomb", archive({"a.pdf": bytes(300 * MIB)}), R.UNPACKS_TOO_FAR),
        ("overlapping bomb", overlapping(50, 3 * MIB), R.UNPACKS_TOO_FAR),
        ("overlapping small", overlapping(3, 1000), R.UNPACKS_TOO_FAR),
        ("nested", archive({"a.zip": inner}), R.NESTED),
        ("archive of a letter", archive({"a.docx": docx()}), R.NESTED),
        ("of a million entries", claiming(65_000), R.TOO_MANY_ENTRIES),
        (
            "one entry too many",
            archive([(f"{number}.pdf", good_pdf) for number in range(101)], stored=True),
            R.TOO_MANY_ENTRIES,
        ),
        ("way up", archive({"../../a.pdf": good_pdf}), R.ENTRY_NAME),
        ("way up in the middle", archive({"a/../../b.pdf": good_pdf}), R.ENTRY_NAME),
        ("absolute path", archive({"/etc/a.pdf": good_pdf}), R.ENTRY_NAME),
        ("drive", archive({"C:\\a.pdf": good_pdf}), R.ENTRY_NAME),
        ("nul in an entry", archive({"aX.pdf": good_pdf}).replace(b"aX.pdf", b"a\0.pdf"), R.ENTRY_NAME),
        ("same name twice", archive([("a.pdf", good_pdf), ("A.PDF", good_pdf)]), R.ENTRY_NAME),
        ("link", linked("a.pdf", "/etc/passwd"), R.ENTRY_NAME),
        ("locked archive", marked_encrypted(inner), R.ENCRYPTED),
        ("program inside", archive({"a.exe": b"MZ"}), R.ENTRY),
        ("script inside a pdf inside", archive({"a.pdf": pdf(b"<< /JS (x) >>")}), R.ENTRY),
        ("virus inside", archive({"a.pdf": EICAR}), R.ENTRY),
        ("empty paper inside", archive({"a.pdf": b""}), R.ENTRY),
        ("without entries", b"PK\3\4" + archive({}), R.EMPTY),
        ("that is only a head", b"PK\3\4" + bytes(50), R.DAMAGED),
        ("cut off", inner[:-30], R.DAMAGED),
        ("that lies about sizes", lying, R.DAMAGED),
        ("behind a program", b"PK\3\4MZ" + bytes(500) + inner, R.TWO_IN_ONE),
    ]:
        yield Sample(f"archive {about}", "a.zip", content, answer, K.BUNDLE)


def packages() -> Iterator[Sample]:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    field = (
        b'<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd "/c calc"</w:instrText></w:r></w:p>'
    )
    twice = docx({"word/embeddings/a.docx": docx({"word/embeddings/b.docx": docx()})})
    for about, content, answer in [
        ("macros", docx({"word/vbaProject.bin": b"x"}), R.MACROS),
        (
            "type with macros",
            docx(types=b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
            R.MACROS,
        ),
        ("object of another program", docx({"word/embeddings/oleObject1.bin": b"x"}), R.MACROS),
        ("control", docx({"word/activeX/activeX1.bin": b"x"}), R.MACROS),
        ("program inside", docx({"word/media/a.exe": b"MZ"}), R.MACROS),
        ("template from elsewhere", docx(related=relationship("attachedTemplate", "http://x/a.dotm")), R.OUTSIDE),
        ("picture from elsewhere", docx(related=relationship("image", "http://x/a.png")), R.OUTSIDE),
        ("other page inside", docx(related=relationship("aFChunk", "a.mht", "")), R.OUTSIDE),
        ("field that starts programs", docx(body=field), R.OUTSIDE),
        ("entities", docx({"word/styles.xml": entities}), R.OUTSIDE),
        ("entities in two-byte letters", docx({"word/styles.xml": entities.decode().encode("utf-16")}), R.OUTSIDE),
        ("letters in letters in letters", twice, R.NESTED),
        ("bomb", docx({"word/media/a.png": bytes(300 * MIB)}), R.UNPACKS_TOO_FAR),
        ("bomb of words", docx({"word/styles.xml": b" " * (40 * MIB)}), R.UNPACKS_TOO_FAR),
        ("way up", docx({"../a.xml": b"<x/>"}), R.ENTRY_NAME),
    ]:
        yield Sample(f"letter {about}", "a.docx", content, answer, K.DRAFT)


def _with_data(data: bytes, media: bytes) -> bytes:
    """A PDF/A-3 with one attachment, as our own results are."""
    metadata = stream(XMP, b"/Type /Metadata /Subtype /XML")
    attached = stream(data, b"/Type /EmbeddedFile /Subtype " + media)
    far = b"%" + b" " * 1100 + b"\n"  # so that it is the data that is looked at, not the head of the file
    return pdf(FILESPEC, attached, metadata, catalog=b"/AF [4 0 R] /Metadata 6 0 R", head=far)


def _sized(size: int) -> bytes:
    """A PDF of exactly that many bytes."""
    padding = size - len(pdf(stream(b""))) - len(str(size)) + 1
    made = pdf(stream(bytes(padding)))
    return pdf(stream(bytes(padding + size - len(made))))
