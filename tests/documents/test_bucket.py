"""The same files in an S3-compatible store, which is spoken to over HTTP."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from documents import storage
from documents.errors import ContentLostError
from documents.queries.files import read
from documents.sweeping import sweep
from tests.cast import Cast
from tests.documents.bucket_twin import Bucket, running
from tests.documents.uploading import CONTENT, made, sent


@pytest.fixture
def bucket(settings: Any) -> Iterator[Bucket]:
    with running() as twin:
        options = {
            "bucket_name": "files",
            "endpoint_url": twin.address,
            "region_name": "vn",
            "access_key": "reader",
            "secret_key": "invented",
        }
        kind = {"BACKEND": "documents.bucket.Bucket", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"documents": kind}
        yield twin
        storage.store().connection.meta.client.close()  # type: ignore[attr-defined]  # boto3's


def test_content_goes_there_and_comes_back_byte_for_byte(people: Cast, bucket: Bucket) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    assert bucket.objects == {f"{file.blob_id[:2]}/{file.blob_id}": CONTENT}
    assert read(file) == CONTENT


def test_the_same_content_is_sent_once(people: Cast, bucket: Bucket) -> None:
    made(people.home)
    made(people.home)
    assert len(bucket.puts) == 1


def test_a_large_content_goes_through(people: Cast, bucket: Bucket) -> None:
    file = made(people.home, content=bytes(12 * 1024 * 1024))
    assert len(read(file)) == 12 * 1024 * 1024


def test_what_is_gone_is_told(people: Cast, bucket: Bucket) -> None:
    file = made(people.home)
    bucket.objects.clear()
    with pytest.raises(ContentLostError):
        read(file)
    assert sweep(now=timezone.now()).missing == [file.blob_id]


def test_listing_and_removing_work_there(db: None, bucket: Bucket) -> None:
    name = "ab" + "0" * 62
    storage.keep(name, io.BytesIO(b"x"))
    assert storage.listed("ab") == {name}
    storage.remove("ab", name)
    assert bucket.objects == {}
