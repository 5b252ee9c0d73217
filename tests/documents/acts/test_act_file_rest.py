"""The file of a resolution over REST."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from documents.api import act_schemas as schemas
from tests.cast import Cast
from tests.documents.making import pdf
from tests.services.api.talking import Rest, read
from tests.units.reorganising import merger
from units.handovers import registered
from units.models import ReorgEvent

pytestmark = pytest.mark.django_db
PDF = pdf()


@pytest.fixture(autouse=True)
def nobody_else():
    with registered():
        yield


@pytest.fixture
def act(people: Cast) -> ReorgEvent:
    return merger(people.land, unit_id=people.province, file_sha256=None)


def put(rest: Rest, act: ReorgEvent, content: bytes = PDF, etag: str = "") -> Any:
    form = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("nq.pdf", content, "application/pdf")})
    path = f"reorganisation-acts/{act.pk}"
    headers = {"If-Match": etag or rest.etag(path)}
    return rest.client.put(f"/api/v1/{path}/file", form, MULTIPART_CONTENT, headers=headers)


def test_sent_described_and_given_back(people: Cast, act: ReorgEvent) -> None:
    rest = Rest(people.administrator.user)
    rest.get(f"reorganisation-acts/{act.pk}/file", 404)
    told = read(put(rest, act), 200)
    assert set(told) == set(schemas.ActFileSerializer().fields)
    assert (told["digest"], told["isSigned"], told["isValid"]) == (sha256(PDF).hexdigest(), False, None)
    assert rest.get(f"reorganisation-acts/{act.pk}/file") == told
    assert rest.get(f"reorganisation-acts/{act.pk}")["fileDigest"] == told["digest"]
    content = rest.client.get(f"/api/v1/reorganisation-acts/{act.pk}/file.pdf")
    assert b"".join(content.streaming_content) == PDF


def test_an_older_version_is_refused_and_strangers_find_nothing(people: Cast, act: ReorgEvent) -> None:
    rest = Rest(people.administrator.user)
    assert put(rest, act, etag='"1-99"').status_code == 412
    for stranger in (people.leader, people.outsider):
        Rest(stranger.user).get(f"reorganisation-acts/{act.pk}/file", 404)
        Rest(stranger.user).get(f"reorganisation-acts/{act.pk}/file.pdf", 404)


def test_what_is_no_pdf_is_refused(people: Cast, act: ReorgEvent) -> None:
    answer = put(Rest(people.administrator.user), act, b"nothing")
    assert answer.status_code == 422, answer.content.decode()
    act.refresh_from_db()
    assert act.file_sha256 is None
