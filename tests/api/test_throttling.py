"""The limit of requests per address."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


@pytest.fixture(autouse=True)
def two_a_minute(settings: Settings) -> None:
    settings.API_RATE_ANONYMOUS = "2/min"
    cache.clear()


def test_refuses_the_third_request_and_says_when_to_come_back(client: Client) -> None:
    assert [client.get("/api/v1/steady").status_code for _ in range(2)] == [200, 200]
    response = client.get("/api/v1/steady")
    assert response.status_code == 429
    assert response.json()["type"].endswith("#too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 60


def test_counts_each_address_by_itself(client: Client) -> None:
    for _ in range(3):
        client.get("/api/v1/steady", REMOTE_ADDR="192.0.2.1")
    assert client.get("/api/v1/steady", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_is_not_fooled_by_a_forwarded_address(client: Client) -> None:
    answers = [client.get("/api/v1/steady", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(3)]
    assert answers[-1] == 429


def test_stays_open_when_the_cache_is_gone(client: Client, settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert [client.get("/api/v1/steady").status_code for _ in range(3)] == [200, 200, 200]
