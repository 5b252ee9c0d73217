"""Names of Python as the API writes them."""


def camel(name: str) -> str:
    """`valid_from` -> `validFrom`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def abilities(answers: "dict[str, bool]") -> "dict[str, bool]":
    """What a policy answers, as the member `abilities` of an answer: `{"hand_over": True}` -> `{"handOver": True}`."""
    return {camel(action): may for action, may in answers.items()}
