"""docker-compose.yml: its shape, references and commands, held against the Compose specification without an engine."""

import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from launch.postgres import INITDB

ROOT = Path(__file__).resolve().parents[2]
# The parts of the Compose specification that this file may use; a misspelled key would be ignored or refused at night.
TOP = {"name", "services", "networks", "volumes", "secrets"}
SERVICE = {
    "build", "cap_add", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "logging",
    "networks", "ports", "read_only", "restart", "secrets", "security_opt", "shm_size", "stop_grace_period", "tmpfs",
    "user", "volumes",
}  # fmt: skip  # a list of words
HEALTHCHECK = {"test", "interval", "timeout", "retries", "start_period"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
DURATION = re.compile(r"(\d+(ms|s|m|h))+")
OURS = {"web", "worker", "beat", "relay", "migrate"}
compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
services: dict[str, dict[str, Any]] = compose["services"]


def test_uses_known_keys_only() -> None:
    assert {key for key in compose if not key.startswith("x-")} <= TOP
    assert {f"{name}.{key}" for name, service in services.items() for key in service if key not in SERVICE} == set()


def test_has_every_part_of_production() -> None:
    assert services.keys() >= {
        "proxy",
        "web",
        "worker",
        "beat",
        "relay",
        "migrate",
        "database",
        "broker",
        "cache",
        "storage",
    }
    assert services["database"]["image"].startswith("postgres:18")


@pytest.mark.parametrize("name", services)
def test_each_service_has_one_origin_pinned_to_a_version(name: str) -> None:
    image = services[name]["image"]
    assert ":" in image
    assert not image.endswith(":latest")


@pytest.mark.parametrize("name", services)
def test_references_exist(name: str) -> None:
    service = services[name]
    secrets = {entry if isinstance(entry, str) else entry["source"] for entry in service.get("secrets", [])}
    assert secrets <= compose["secrets"].keys()
    assert set(service.get("networks", [])) <= compose["networks"].keys()
    assert set(service.get("depends_on", {})) <= services.keys()
    for volume in service.get("volumes", []):
        source, target, *_mode = volume.split(":")
        assert (ROOT / source).exists() if source.startswith(".") else source in compose["volumes"], source
        assert target.startswith("/")


def test_waits_only_for_what_can_be_waited_for() -> None:
    for service in services.values():
        for needed, how in service.get("depends_on", {}).items():
            assert how["condition"] in CONDITIONS
            assert how["condition"] != "service_healthy" or "healthcheck" in services[needed], needed


def test_no_service_waits_for_itself() -> None:
    def needs(name: str, seen: tuple[str, ...]) -> None:
        assert name not in seen, seen
        for needed in services[name].get("depends_on", {}):
            needs(needed, (*seen, name))

    for name in services:
        needs(name, ())


@pytest.mark.parametrize("name", [name for name, service in services.items() if "healthcheck" in service])
def test_health_checks_are_complete(name: str) -> None:
    check = services[name]["healthcheck"]
    assert check.keys() <= HEALTHCHECK
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert all(DURATION.fullmatch(check[key]) for key in ("interval", "timeout", "start_period") if key in check)


@pytest.mark.parametrize("name", services)
def test_containers_can_do_little(name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert name == "proxy" or not service["user"].startswith(("0", "root"))
    assert name == "proxy" or "ports" not in service, "only the proxy is reached from outside"


def _programs(name: str) -> list[list[str]]:
    check = services[name].get("healthcheck", {}).get("test", [])
    return [services[name]["command"], *([check[1:]] if check[:1] == ["CMD"] else [])]


@pytest.mark.parametrize("name", sorted(OURS))
def test_commands_of_the_portal_exist(name: str) -> None:
    for command in _programs(name):
        program, *arguments = map(str, command)
        assert (Path(sys.prefix) / "bin" / program).exists(), program
        if arguments[:1] == ["manage.py"]:
            commands = arguments[1:] if arguments[1] == "prepare" else arguments[1:2]
            assert set(commands) <= get_commands().keys()
        elif program == "python":
            assert (ROOT / arguments[0]).exists()


def test_the_trail_is_sealed_before_anybody_may_write() -> None:
    assert services["migrate"]["command"][-2:] == ["migrate", "seal"]
    assert services["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_applications_that_servers_name_exist() -> None:
    assert services["web"]["command"][-1] == "portal.wsgi:application"
    assert (ROOT / "portal" / "wsgi.py").exists()
    for name in ("worker", "beat"):
        assert services[name]["command"][:3] == ["celery", "--app", "portal.celery"]
    assert (ROOT / "portal" / "celery.py").exists()


@pytest.mark.parametrize("name", sorted(OURS))
def test_secrets_come_from_files(name: str) -> None:
    files = {value for key, value in services[name]["environment"].items() if key.endswith(("_FILE", "_KEY_PATH"))}
    assert files == {f"/run/secrets/{secret}" for secret in services[name]["secrets"]}
    words = ("PASSWORD", "SECRET", "DATABASE_URL", "KEYS")
    bare = [
        key for key in services[name]["environment"] if any(word in key for word in words) and not key.endswith("_FILE")
    ]
    assert bare == []


def test_only_migrations_know_the_owner_of_the_tables() -> None:
    assert [name for name in services if "database_owner_url" in services[name].get("secrets", [])] == ["migrate"]


def test_every_secret_is_made_by_the_script_or_asked_for() -> None:
    script = (ROOT / "deploy" / "make-secrets").read_text(encoding="utf-8")
    assert [name for name in compose["secrets"] if not re.search(rf"\b{name}\b", script)] == []


def test_settings_that_are_passed_are_read() -> None:
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal" / "settings").glob("*.py"))
    read += (ROOT / "integrations" / "sandbox" / "settings.py").read_text(encoding="utf-8")
    passed = {key.removesuffix("_FILE") for name in OURS for key in services[name]["environment"]}
    assert {key for key in passed - {"DJANGO_SETTINGS_MODULE"} if f'"{key}"' not in read} == set()


def test_the_database_is_made_as_everywhere() -> None:
    said = services["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert {word for word in INITDB if word.startswith(("--", "UTF8"))} - {"--no-instructions"} <= set(said)


def test_scripts_can_be_run() -> None:
    for name in ("make-secrets", "roles.sh", "valkey.sh"):
        assert (ROOT / "deploy" / name).stat().st_mode & stat.S_IXUSR, name
