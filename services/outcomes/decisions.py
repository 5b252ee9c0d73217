"""Every other procedure ends in a decision: the officer writes its articles, the portal what it rests on."""

from typing import Any

from services.outcomes.kinds import Given, Rule, printed

MOST_GROUNDS = 30


def decision(given: Given, rule: Rule) -> dict[str, Any]:
    basis = [printed("ground", text=text) for text in given.dossier.version.parts.get("legal_basis", [])]
    grounds = [*basis[: MOST_GROUNDS - 1], printed("dossier", code=given.dossier.code)]
    articles = [block.strip().split("\n") for block in given.text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return {
        "authority": printed("head_of", place=given.place),
        "grounds": grounds,
        "articles": [[line.strip() for line in article if line.strip()] for article in articles],
    }
