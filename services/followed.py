"""What a dossier says of itself follows from its answers, when these change."""

from services.about import about
from services.models import Answers, Dossier


def follow_answers(dossier: Dossier, before: Answers) -> None:
    """Whose affair it is, how it is called and where its people are reached follow from the answers that changed."""
    meaning, answers = about(dossier.version.code), dossier.answers
    owner, phone = meaning.owner_of(answers), meaning.phone_of(answers)
    was = dossier.owner_name
    if owner[0] and owner != meaning.owner_of(before):
        dossier.owner_name = owner[0]
    if phone and phone != meaning.phone_of(before):
        dossier.contact = {**dossier.contact, "phone": phone}
    name = dossier.version.name_vi
    summary = meaning.summary_of(answers, procedure=name, owner=dossier.owner_name)
    if summary != meaning.summary_of(before, procedure=name, owner=was):
        dossier.summary = summary
