"""The proof of one event, as JSON that verify_proof.py checks without the portal.

Other people's events appear in it only as hashes, which their salts keep from being guessed.
"""

from typing import Any

from django.db import connection, transaction

from portal.events import keys, sealing
from portal.events.chain import ONE, read_row
from portal.events.merkle import Tree
from portal.events.models import EventLink, Seal, SealedHead
from portal.events.verify_proof import leaf_hash

LONGEST = 5000  # links between the event's own sealed head and the newer one of the consistency proof


class NotSealedYetError(LookupError):
    """The event is younger than the last seal: its proof exists within a minute."""


def prove(event_id: int) -> dict[str, Any]:
    """The proof of an event that the current scope may see; LookupError when there is none, or none yet."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE, [event_id])
            values = cursor.fetchone()
        if values is None:
            raise LookupError(f"No event {event_id} can be seen here.")
        row, unit = read_row(values), values[6] or 0
        first = SealedHead.objects.filter(unit_id=unit, seq__gte=row.seq).order_by("seal_number").first()
        if first is None:
            raise NotSealedYetError(f"Event {event_id} is sealed within a minute.")
        newest = (
            SealedHead.objects.filter(unit_id=unit, seq__gt=first.seq, seq__lte=first.seq + LONGEST)
            .order_by("-seal_number")
            .first()
        )
        return {
            "format": "mc.proof.1",
            "fields": row.fields,
            "salt": row.salt.hex(),
            "unit": unit,
            "seq": row.seq,
            "prev": row.prev_hash.hex(),
            "inclusion": _sealed(unit, row.seq, first),
            "consistency": _sealed(unit, first.seq, newest) if newest else None,
            "key": keys.pem_of(keys.trusted_keys()[_seal(first).key_id]).decode(),
        }


def _seal(head: SealedHead) -> Seal:
    return Seal.objects.get(number=head.seal_number)


def _sealed(unit: int, seq: int, head: SealedHead) -> dict[str, Any]:
    """The links behind `seq` up to the sealed head, the head's path to the root, and the seal."""
    links = EventLink.objects.filter(unit_id=unit, seq__gt=seq, seq__lte=head.seq).order_by("seq")
    heads = list(
        SealedHead.objects.filter(seal_number__lte=head.seal_number)
        .order_by("unit_id", "-seal_number")
        .distinct("unit_id")
        .values_list("unit_id", "seq", "hash")
    )
    tree = Tree(leaf_hash(one, number, bytes(hash_)) for one, number, hash_ in heads)
    place = [one for one, _, _ in heads].index(unit)
    return {
        "links": [bytes(content).hex() for content in links.values_list("content_hash", flat=True)],
        "path": [(side, other.hex()) for side, other in tree.path(place)],
        "seal": sealing.public_form(_seal(head)),
    }
