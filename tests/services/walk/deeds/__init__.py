"""Every deed that the walk knows; importing enters them."""

from tests.services.walk.deeds import (
    desk,
    filing,
    lateness,
    money,
    petitions,
    results,
    talk,
    time,
    together,
    work,
    worker,
)

__all__ = [
    "desk", "filing", "lateness", "money", "petitions", "results", "talk", "time", "together", "work", "worker",
]  # fmt: skip
