"""How dossiers, petitions and money follow their units when these merge or split (`docs/reorganisation.md`)."""

from services.reorganisation.dossiers import Dossiers
from services.reorganisation.petitions import Petitions
from units.handovers import register

__all__ = ["Dossiers", "Petitions", "register_all"]


def register_all() -> None:
    register(Dossiers())
    register(Petitions())
