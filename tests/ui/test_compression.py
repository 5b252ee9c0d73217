"""Pages travel compressed, data do not."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ACCEPTS = {"accept-encoding": "gzip, deflate, br"}


def test_a_page_is_compressed_for_who_can_read_it(client: Client) -> None:
    packed, plain = client.get("/tro-giup/", headers=ACCEPTS), client.get("/tro-giup/")
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).decode().startswith("<!DOCTYPE html>")
    assert "Accept-Encoding" in packed["Vary"]


def test_length_differs_from_time_to_time_so_that_it_tells_nothing(client: Client) -> None:
    assert len({len(client.get("/tro-giup/", headers=ACCEPTS).content) for _ in range(12)}) > 1


def test_rest_answers_keep_their_strong_tags(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json", headers=ACCEPTS)
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")
    assert not answer.get("ETag", "").startswith("W/")
