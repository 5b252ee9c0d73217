"""Whether what is to be published about a petition leads to a person, as far as a program can tell."""

from portal.isolation import Purpose, scope
from services.models import Dossier, Petition
from services.personal_marks import personal_marks
from services.petition_errors import PersonalDataError


def check_public_words(petition: Petition, **words: str) -> None:
    """Raises PersonalDataError for the first of the named texts in which something leads to a person."""
    names = known_names(petition)
    for field, text in words.items():
        if found := personal_marks(text, names=names):
            raise PersonalDataError(found, field)


def known_names(petition: Petition) -> list[str]:
    """Of whoever sent it, and of the people of the dossier that it names; officers are not private persons.

    That dossier may be another unit's: its people are kept out of what is public all the same.
    """
    with scope(purpose=Purpose.PETITION):
        dossier = Dossier.objects.filter(pk=petition.dossier_id).first() if petition.dossier_id else None
    told = [petition.contact.get("name", "")]
    if dossier is not None:
        told += [dossier.owner_name, dossier.filer_name]
    return [name for name in told if name]
