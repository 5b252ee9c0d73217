"""Versions, validators and what caches may keep."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


def test_names_its_version_on_every_good_answer(client: Client) -> None:
    assert client.get("/api/v1/steady")["API-Version"] == settings.API_VERSION


def test_sends_a_strong_validator(client: Client) -> None:
    etag = client.get("/api/v1/steady")["ETag"]
    assert etag.startswith('"')
    assert etag == client.get("/api/v1/steady")["ETag"]


def test_answers_unchanged_when_the_client_has_it(client: Client) -> None:
    etag = client.get("/api/v1/steady")["ETag"]
    response = client.get("/api/v1/steady", HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["API-Version"] == settings.API_VERSION
    assert response["Cache-Control"] == "public, max-age=60"


def test_answers_in_full_when_the_client_has_another(client: Client) -> None:
    assert client.get("/api/v1/steady", HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_gives_the_same_validator_to_head(client: Client) -> None:
    assert client.head("/api/v1/steady")["ETag"] == client.get("/api/v1/steady")["ETag"]


def test_lets_nobody_keep_a_problem(client: Client) -> None:
    assert client.get("/api/v1/nowhere")["Cache-Control"] == "no-store"
