"""Content of the papers of civil status, from answers whose source everybody sees.

A value that is missing is left out, so that the layout's own check names it: nothing is invented on paper.
"""

from collections.abc import Iterator
from typing import Any

from services.outcomes.kinds import Given, Rule, printed

Content = dict[str, Any]
WHOLE_DAY = 10  # letters of 2026-11-24; a rough day has fewer
CHILD_NUMBER = "child_personal_number"  # kept among the answers once it was issued; the form never asks it
PARENTS = ("mother", "father")


def birth(given: Given, rule: Rule) -> Content:
    child = {
        "name": given.said("child_name"),
        "born_on": given.said("child_birth_day"),
        "sex": given.words("child_sex"),
        "ethnicity": given.words("child_ethnic_group"),
        "nationality": given.words("child_nationality"),
        "born_at": ", ".join(filter(None, (given.said("birth_place"), given.words("birth_place_unit")))),
        "native_place": given.words("hometown"),
        "personal_number": given.said(CHILD_NUMBER),
    }
    return without_nothing({"child": without_nothing(child), "parents": list(_parents(given)), **_registration(given)})


def _registration(given: Given) -> Content:
    """Where, and under which number of the register."""
    entry = given.entry
    return {
        "registered_at": printed("committee_of", place=given.place),
        "registered": {"number": entry.number, "on": entry.on} if entry else None,
        "note": given.text,
    }


def _parents(given: Given) -> Iterator[Content]:
    for who in PARENTS:
        if not given.said(f"{who}_name"):
            continue
        yield without_nothing(
            {
                "role": printed(who),
                "name": given.said(f"{who}_name"),
                "born_in": int(given.said(f"{who}_birth_day")[:4] or 0),
                "ethnicity": given.words(f"{who}_ethnic_group"),
                "nationality": given.words(f"{who}_nationality"),
                "residence": given.words(f"{who}_residence"),
            }
        )


def marriage(given: Given, rule: Rule) -> Content:
    wife, husband = _spouse(given, "bride"), _spouse(given, "groom")
    return without_nothing({"wife": wife, "husband": husband, **_registration(given)})


def _spouse(given: Given, side: str) -> Content:
    return without_nothing(
        {
            "name": given.said(f"{side}_name"),
            "born": given.words(f"{side}_birth_day"),
            "ethnicity": given.words(f"{side}_ethnic_group"),
            "nationality": given.words(f"{side}_nationality"),
            "residence": given.words(f"{side}_residence"),
            "paper": paper_of(given.said(f"{side}_personal_number")),
        }
    )


def death(given: Given, rule: Rule) -> Content:
    """The hour stands there when it is known; a cause that nobody knows is left out."""
    person = {
        "name": given.said("deceased_name"),
        "born": given.words("deceased_birth_day"),
        "sex": given.words("deceased_sex"),
        "ethnicity": given.words("deceased_ethnic_group"),
        "nationality": given.words("deceased_nationality"),
        "last_residence": given.words("deceased_residence"),
        "paper": paper_of(given.said("deceased_personal_number")),
    }
    day, time = given.words("death_day"), given.words("death_time")
    died = {
        "died_at": printed("died_at", time=time, day=day) if time and day else day,
        "death_place": ", ".join(filter(None, (given.said("death_place"), given.words("death_place_unit")))),
        "cause": given.said("death_cause"),
    }
    return without_nothing(
        {"deceased": without_nothing(person), "death": without_nothing(died), **_registration(given)}
    )


def marital_status(given: Given, rule: Rule) -> Content:
    person = {
        "name": given.said("subject_name") or given.said("requester_name"),
        "born_on": _whole_day(given.said("subject_birth_day")),
        "sex": given.words("subject_sex"),
        "ethnicity": given.words("subject_ethnic_group"),
        "nationality": given.words("subject_nationality"),
        "paper": paper_of(given.said("subject_personal_number") or given.said("requester_personal_number")),
        "residence": given.words("subject_residence") or given.words("requester_residence"),
    }
    polite = printed(given.said("subject_sex") or "male")
    return without_nothing(
        {
            "requested_by": given.said("requester_name"),
            "requested_for": f"{polite} {person['name']}" if person["name"] else "",
            "person": without_nothing(person),
            "period": _period(given),
            "status": given.text or given.words("status"),
            "purpose": _purpose(given),
            "valid_months": rule.valid_months,
        }
    )


def _period(given: Given) -> Content | None:
    days = _whole_day(given.said("period_from")), _whole_day(given.said("period_to"))
    at = given.words("period_unit")
    return {"at": at, "from": days[0], "until": days[1]} if at and all(days) else None


def _purpose(given: Given) -> str:
    """NĐ 123/2015 Đ.23.3: for a marriage it names with whom and where."""
    if given.said("purpose") != "marriage":
        return given.said("purpose_other") or given.words("purpose")
    spouse, place = given.said("future_spouse_name"), given.said("marriage_place")
    parts = [
        printed("marriage"),
        printed("with", name=spouse) if spouse else "",
        printed("at", place=place) if place else "",
    ]
    return " ".join(filter(None, parts))


def paper_of(number: str) -> str:
    return printed("number", number=number) if number else ""


def _whole_day(text: str) -> str:
    return text if len(text) == WHOLE_DAY else ""


def without_nothing(values: Content) -> Content:
    return {name: value for name, value in values.items() if value}
