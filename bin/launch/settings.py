"""The environment in which the demo's Django runs."""

import json
import os
from pathlib import Path

from launch import keys, ports

PLACE = Path(__file__).with_name("demo.json")  # whose portal the demo plays


def for_django(services: dict[str, str], *, port: int, sandbox_port: int) -> dict[str, str]:
    """Addresses of the services, secrets made once, and the portal's own address; what is set outside wins."""
    return {
        **{name: os.environ.get(name, value) for name, value in json.loads(PLACE.read_text(encoding="utf-8")).items()},
        **services,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.dev"),
        "PUBLIC_ORIGIN": os.environ.get("PUBLIC_ORIGIN", f"http://{ports.HOST}:{port}"),
        "VNEID_ISSUER": f"http://{ports.HOST}:{sandbox_port}/vneid",
        "VNEID_CLIENT_ID": "mot-cua",
        "REGISTERS_ADDRESS": f"http://{ports.HOST}:{sandbox_port}",
        "REGISTERS_CLIENT_ID": "mot-cua",
        "PAYMENT_ADDRESS": f"http://{ports.HOST}:{sandbox_port}",
        "PAYMENT_PARTNER": "mot-cua",
        "SANDBOX_SMTP_PORT": str(ports.remembered(Path(services["MC_LOCAL_DIR"]), "smtp")),
        "MESSAGES_CLIENT_ID": "mot-cua",
        "SIGN_IN_PROVIDER_ORIGIN": f"http://{ports.HOST}:{sandbox_port}",
        "SANDBOX_ORIGIN": f"http://{ports.HOST}:{sandbox_port}",
        **secrets(Path(services["MC_LOCAL_DIR"])),
    }


def secrets(state: Path) -> dict[str, str]:
    """What must never be the same on two machines."""
    return {name: os.environ.get(name) or keys.read(state, name, make) for name, make in SECRETS.items()}


SECRETS = {
    "VNEID_CLIENT_SECRET": keys.word,
    "REGISTERS_CLIENT_SECRET": keys.word,
    "PAYMENT_SECRET": keys.word,
    "MESSAGES_CLIENT_SECRET": keys.word,
    "PERSONAL_DATA_KEYS": keys.personal_data,
}
TOLD = (
    "VNEID_CLIENT_ID",
    "VNEID_CLIENT_SECRET",
    "REGISTERS_CLIENT_ID",
    "REGISTERS_CLIENT_SECRET",
    "PAYMENT_PARTNER",
    "PAYMENT_SECRET",
    "PUBLIC_ORIGIN",
    "MESSAGES_CLIENT_ID",
    "MESSAGES_CLIENT_SECRET",
    "SANDBOX_SMTP_PORT",
)


def for_portal(environment: dict[str, str]) -> dict[str, str]:
    """What web and workers get: everything but the address that may change tables."""
    return {name: value for name, value in {**os.environ, **environment}.items() if name != "DATABASE_OWNER_URL"}


def for_sandbox(environment: dict[str, str]) -> dict[str, str]:
    """What the other side gets: what it was told of us, and none of our secrets."""
    ours = {*environment, "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY"}
    told = {name: environment[name] for name in TOLD if name in environment}
    told["SANDBOX_STATE_DIR"] = str(Path(environment["MC_LOCAL_DIR"]) / "sandbox")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, **told, "DJANGO_SETTINGS_MODULE": "integrations.sandbox.settings"}
