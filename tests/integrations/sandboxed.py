"""The sandbox as a process of its own on a free port, spoken to over real HTTP."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from django.conf import settings
from django.test import Client
from django.urls import reverse

SECRET = "invented-for-tests"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Sandbox:
    origin: str
    smtp_port: int = 0

    @property
    def issuer(self) -> str:
        return f"{self.origin}/vneid"

    def choose(self, address: str, person: str, fault: str = "") -> str:
        """Agree as `person` on the provider's page; the address it sends the browser to."""
        browser = requests.Session()
        page = browser.get(address, timeout=10)
        assert page.status_code == 200, page.text
        form = {"csrfmiddlewaretoken": TOKEN.findall(page.text)[0], "person": person, "fault": fault}
        answer = browser.post(address, data=form, headers={"Referer": address}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302
        return answer.headers["Location"]

    def arrived(self, carrier: str = "") -> list[dict[str, str]]:
        """Every message that reached its carrier, oldest first."""
        found = requests.get(f"{self.origin}/tin-da-den/tat-ca.json", auth=("portal", SECRET), timeout=10).json()
        return [one for one in found["items"] if carrier in {"", one["carrier"]}]

    def let_carrier(self, carrier: str, fault: str, *, calls: int = 0) -> None:
        """Switch a carrier's fault on, or off with an empty one."""
        switch = {"carrier": carrier, "fault": fault, "calls": calls}
        answer = requests.post(f"{self.origin}/tin-da-den/dat", json=switch, auth=("portal", SECRET), timeout=10)
        assert answer.status_code == 204

    def turn(self, register: str, fault: str, *, calls: int = 0) -> None:
        """Switch a fault on, or off with an empty one."""
        switch = {"register": register, "fault": fault, "calls": calls}
        answer = requests.post(f"{self.origin}/su-co/dat", json=switch, auth=("portal", SECRET), timeout=10)
        assert answer.status_code == 204


def start(client: Client, next_path: str = "", door: str = "accounts:vneid-start") -> str:
    """Begin at the portal; the address of the provider's page."""
    answer = client.post(reverse(door), {"next": next_path})
    assert answer.status_code == 302, answer.content.decode()[:400]
    return str(answer["Location"])


def back(address: str) -> str:
    """The path of the portal that the browser comes back to."""
    assert address.startswith(settings.PUBLIC_ORIGIN)
    return address.removeprefix(settings.PUBLIC_ORIGIN)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running() -> Iterator[Sandbox]:
    port, smtp_port = free_port(), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "VNEID_CLIENT_ID": "portal",
        "VNEID_CLIENT_SECRET": SECRET,
        "REGISTERS_CLIENT_ID": "portal",
        "REGISTERS_CLIENT_SECRET": SECRET,
        "MESSAGES_CLIENT_ID": "portal",
        "MESSAGES_CLIENT_SECRET": SECRET,
        "SANDBOX_SMTP_PORT": str(smtp_port),
        "NUMBER_SECONDS": "1",
        "PAYMENT_PARTNER": "portal",
        "PAYMENT_SECRET": SECRET,
        "PUBLIC_ORIGIN": "http://127.0.0.1:9",
    }
    with (
        tempfile.TemporaryDirectory() as state,
        _process(port, environment | {"SANDBOX_STATE_DIR": state}) as sandbox,
    ):
        yield sandbox


@contextmanager
def _process(port: int, environment: dict[str, str]) -> Iterator[Sandbox]:
    process = subprocess.Popen(
        [sys.executable, "-m", "integrations.sandbox", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
    )
    origin = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(origin, timeout=2)
                break
            except (requests.ConnectionError, requests.Timeout):
                assert process.poll() is None, "the sandbox does not start"
                time.sleep(0.1)
        yield Sandbox(origin, int(environment["SANDBOX_SMTP_PORT"]))
    finally:
        process.terminate()
        process.wait(10)
