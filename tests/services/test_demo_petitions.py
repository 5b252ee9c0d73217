"""The demonstration holds a petition in every state, and a low rating to answer."""

import json

from services.demo_petitions import FILE
from services.petition_rules import petition_types
from services.petition_states import PetitionState


def test_every_state_is_shown() -> None:
    rows = json.loads(FILE.read_text(encoding="utf-8"))["petitions"]
    assert {row["state"] for row in rows} == {state.value for state in PetitionState}
    assert {row["kind"] for row in rows} <= set(petition_types())
