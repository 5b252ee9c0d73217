"""The environment in which the demo's Django runs."""

import os
from pathlib import Path

from launch import keys, ports


def for_django(services: dict[str, str], *, port: int, sandbox_port: int) -> dict[str, str]:
    """Addresses of the services, secrets made once, and the portal's own address; what is set outside wins."""
    return {
        **services,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "portal.settings.dev"),
        "PUBLIC_ORIGIN": os.environ.get("PUBLIC_ORIGIN", f"http://{ports.HOST}:{port}"),
        "SANDBOX_ORIGIN": f"http://{ports.HOST}:{sandbox_port}",
        **secrets(Path(services["MC_LOCAL_DIR"])),
    }


def secrets(state: Path) -> dict[str, str]:
    """What must never be the same on two machines."""
    return {name: os.environ.get(name) or keys.read(state, name) for name in NAMES}


NAMES = ("SANDBOX_CLIENT_SECRET",)
