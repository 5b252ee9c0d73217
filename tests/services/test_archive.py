"""Dossiers go to the archive before anything of lasting value is taken from them, and the archive's word counts."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents.models import Document
from documents.queries.verification import issued_by_code
from portal.events import Event, delivering
from portal.isolation import Purpose, scope
from services import archive_writing, retention
from services.archive_writing import written
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.events import Fact
from services.models import ArchivePackage, Dossier, PackagedDossier, Tombstone
from services.operations.archiving import begin_package, receive_package
from services.queries import look_up
from services.queries.archive import years_to_archive
from services.retention_errors import NothingToArchiveError, OtherDigestError
from services.retention_kinds import PackageState
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import make_certificates
from tests.services.build import Office
from tests.services.correcting import returned
from tests.services.working import real

METS, HREF = "{http://www.loc.gov/METS/}", "{http://www.w3.org/1999/xlink}href"
DATA = "representations/rep1/data"
LATER = datetime(2060, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A field whose dossiers the archive must have before their data go."""
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return Office(people, real("1.001193", field="Bảo trợ xã hội"), timezone.now() - timedelta(minutes=30))


def unpacked(package: ArchivePackage, content: bytes) -> dict[str, bytes]:
    """The files of the one folder in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        folder = f"uuid-{str(package.pk).upper()}/"
        assert all(name.startswith(folder) for name in archive.namelist())
        return {name.removeprefix(folder): archive.read(name) for name in archive.namelist()}


def begun(office: Office) -> ArchivePackage:
    year = timezone.localtime().year
    return begin_package(unit_id=office.people.home, year=year, actor=office.people.clerk.user, now=timezone.now())


def made(office: Office, package: ArchivePackage) -> bytes:
    content = b"".join(written(package, actor=office.people.clerk.user, now=timezone.now()))
    package.refresh_from_db()
    return content


def test_a_package_holds_all_and_its_digests_prove_it(office: Office) -> None:
    dossier = returned(office)
    package = begun(office)
    content = made(office, package)
    assert (package.state, package.digest) == (PackageState.MADE, hashlib.sha256(content).hexdigest())
    files = unpacked(package, content)
    manifest = files["documentation/SHA256SUMS"].decode().splitlines()
    for line in manifest:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(files[name]).hexdigest() == digest
    last = {"documentation/SHA256SUMS", "representations/rep1/METS.xml", "METS.xml"}
    assert {line.split("  ", 1)[1] for line in manifest} | last == set(files)
    row = next(csv.DictReader(io.StringIO(files["metadata/descriptive/index.csv"].decode("utf-8-sig"))))
    assert (row["code"], row["owner"], row["outcome"]) == (dossier.code, dossier.owner_name, dossier.state)
    said = json.loads(files[f"{DATA}/00001/ho-so.json"])
    assert said["answers"]["child_name"] == dossier.answers["child_name"]
    result = issued_by_code(document_code(dossier))
    assert result is not None
    assert hashlib.sha256(files[f"{DATA}/00001/ket-qua.pdf"]).hexdigest() == result.version.sha256
    event = Event.objects.get(name=Fact.PACKAGE_MADE, subject_id=str(package.pk))
    assert event.facts["digest"] == package.digest
    assert made(office, package) == content  # the same bytes, made again


def test_its_layout_is_that_of_csip_and_mets_names_each_file_with_its_digest(office: Office) -> None:
    returned(office)
    package = begun(office)
    files = unpacked(package, made(office, package))
    assert {name.split("/")[0] for name in files} == {"METS.xml", "metadata", "documentation", "representations"}
    root = ElementTree.fromstring(files["METS.xml"])  # noqa: S314  # what was written above
    assert root.get("OBJID") == f"uuid-{str(package.pk).upper()}"
    assert root.get("PROFILE") == "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
    assert [one.tag.removeprefix(METS) for one in root] == ["metsHdr", "dmdSec", "dmdSec", "fileSec", "structMap"]
    header = root.find(f"{METS}metsHdr")
    assert header is not None
    assert header.get("{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}OAISPACKAGETYPE") == "SIP"
    assert "Phường An" in [one.text for one in header.iter(f"{METS}name")]
    (table,) = root.iter(f"{METS}structMap")
    assert (table.get("LABEL"), table.get("TYPE")) == ("CSIP", "PHYSICAL")
    divisions = [one.get("LABEL") for one in table.iter(f"{METS}div")]
    assert divisions == [root.get("OBJID"), "Metadata", "Documentation", "Representations/rep1"]
    below = ElementTree.fromstring(files["representations/rep1/METS.xml"])  # noqa: S314  # the same
    named = [("", one) for one in (*root.iter(f"{METS}file"), *root.iter(f"{METS}mdRef"))]
    named += [("representations/rep1/", one) for one in below.iter(f"{METS}file")]
    found = set()
    for folder, one in named:
        (place,) = [part.get(HREF, "") for part in one.iter() if part.get(HREF)]
        name = folder + unquote(place)
        found.add(name)
        assert (one.get("CHECKSUMTYPE"), one.get("CHECKSUM")) == ("SHA-256", hashlib.sha256(files[name]).hexdigest())
        assert one.get("SIZE") == str(len(files[name]))
        assert one.get("MIMETYPE")
    assert found == set(files) - {"METS.xml"}
    for tree in (root, below):
        ids = [one.get("ID") for one in tree.iter() if one.get("ID")]
        assert len(ids) == len(set(ids))
        wanted = {one.get("FILEID") for one in tree.iter(f"{METS}fptr")}
        wanted |= {key for one in tree.iter() for key in (one.get("DMDID") or "").split()}
        assert wanted <= set(ids)


def test_data_go_only_when_the_archive_holds_that_very_digest(office: Office) -> None:
    dossier, clerk = returned(office), office.people.clerk.user
    assert retention.carry_out_rules(now=LATER) == 0
    package = begun(office)
    with pytest.raises(WrongStateError):
        receive_package(package=package, digest="0" * 64, receipt="12/LTLS", actor=clerk, now=timezone.now())
    made(office, package)
    assert retention.carry_out_rules(now=LATER) == 0
    with pytest.raises(OtherDigestError):
        receive_package(package=package, digest="0" * 64, receipt="12/LTLS", actor=clerk, now=timezone.now())
    with pytest.raises(NoReasonError):
        receive_package(package=package, digest=package.digest, receipt=" ", actor=clerk, now=timezone.now())
    done = receive_package(
        package=package, digest=package.digest.upper(), receipt="12/LTLS", actor=clerk, now=timezone.now()
    )
    assert done.state == PackageState.RECEIVED
    assert retention.carry_out_rules(now=LATER) > 0
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        assert Tombstone.objects.get(dossier=dossier).package_id == package.pk
        assert not Dossier.objects.get(pk=dossier.pk).owner_name


def test_look_up_and_verification_still_answer_after(office: Office) -> None:
    dossier, clerk = returned(office), office.people.clerk.user
    code = document_code(dossier)
    pin, before = dossier.pin, issued_by_code(code)
    package = begun(office)
    made(office, package)
    receive_package(package=package, digest=package.digest, receipt="12", actor=clerk, now=timezone.now())
    retention.carry_out_rules(now=LATER)
    found = look_up.find(dossier.code, pin)
    assert found == dossier.pk
    status = look_up.status_of(dossier.pk)
    assert status is not None
    assert (status.dossier.state, status.dossier.closed_at) == (dossier.state, dossier.closed_at)
    after = issued_by_code(code)
    assert before is not None
    assert after is not None
    assert after.version.sha256 == before.version.sha256


def document_code(dossier: Dossier) -> str:
    return str(Document.objects.get(pk=dossier.result_document).code)


def test_one_package_of_a_year_is_on_its_way_at_a_time(office: Office) -> None:
    returned(office)
    first = begun(office)
    assert begun(office).pk == first.pk
    assert PackagedDossier.objects.filter(package=first).count() == 1
    assert years_to_archive([office.people.home], timezone.now()) == []
    with pytest.raises(NothingToArchiveError):
        begin_package(unit_id=office.people.home, year=2020, actor=office.people.clerk.user, now=timezone.now())


def test_only_whoever_answers_for_the_records(office: Office) -> None:
    returned(office)
    year = timezone.localtime().year
    for member in (office.people.specialist, office.people.desk_officer, office.people.outsider):
        with pytest.raises(NotAllowedError):
            begin_package(unit_id=office.people.home, year=year, actor=member.user, now=timezone.now())
    package = begun(office)
    made(office, package)
    with pytest.raises(NotAllowedError):
        receive_package(
            package=package, digest=package.digest, receipt="1", actor=office.people.outsider.user, now=timezone.now()
        )
    with scope(units=[office.people.neighbour]):
        assert not ArchivePackage.objects.exists()


def test_one_that_is_broken_off_counts_for_nothing(office: Office) -> None:
    returned(office)
    package = begun(office)
    stream = written(package, actor=office.people.clerk.user, now=timezone.now())
    next(stream)
    stream.close()
    package.refresh_from_db()
    assert (package.state, package.digest) == (PackageState.BEGUN, "")


def test_memory_holds_one_block(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    returned(office)
    package = begun(office)
    monkeypatch.setattr(archive_writing.storage, "chunks", lambda _content: iter([b"x" * 65536] * 200))
    longest = max(len(block) for block in written(package, actor=office.people.clerk.user, now=timezone.now()))
    assert longest < 300_000


def test_the_command_writes_with_the_rights_of_the_officer(office: Office, tmp_path: Path) -> None:
    returned(office)
    target = tmp_path / "goi.zip"
    asked = {"unit": "00001", "year": timezone.localtime().year, "to": target}
    with pytest.raises(CommandError):
        call_command("export_archive", **asked, officer=office.people.specialist.user.username)
    out = io.StringIO()
    call_command("export_archive", **asked, officer=office.people.clerk.user.username, stdout=out)
    assert out.getvalue().startswith(hashlib.sha256(target.read_bytes()).hexdigest())
    with pytest.raises(CommandError):
        call_command("export_archive", **asked, officer=office.people.clerk.user.username)
