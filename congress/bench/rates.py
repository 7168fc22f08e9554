"""The rates by which recognition of faces is judged. Pure.

Open-set identification as in NIST's FRTE 1:N: a person of the gallery is *identified* if the
best candidate is the right one and scores the threshold or more (TPIR); a person who is not in
the gallery is *accepted* if anyone scores the threshold or more (FPIR).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter

NOTHING = -inf
"""Score of a photograph in which no face was found."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one photograph of a person of the gallery.

    Attributes:
        right: Whether the best candidate is that person.
        score: Score of the best candidate; ``NOTHING`` if no face was found.
    """

    right: bool
    score: float


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold leads to.

    Attributes:
        threshold: The lowest score that identifies.
        tpir: Share of the photographs of persons of the gallery that are identified.
        wrong: How many were given another person's name.
        strangers: How many strangers were given a name.
    """

    threshold: float
    tpir: float
    wrong: int
    strangers: int


def at(threshold: float, answers: Sequence[Answer], strangers: Sequence[float]) -> Point:
    """Return what ``threshold`` leads to.

    Args:
        threshold: The lowest score that identifies.
        answers: One for each photograph of a person of the gallery.
        strangers: Best score of each photograph of somebody else.
    """
    named = [answer for answer in answers if answer.score >= threshold]
    right = sum(answer.right for answer in named)
    return Point(
        threshold,
        right / len(answers) if answers else 0.0,
        len(named) - right,
        sum(score >= threshold for score in strangers),
    )


def at_fpir(share: Fraction, answers: Sequence[Answer], strangers: Sequence[float]) -> Point:
    """Return the lowest threshold that accepts at most ``share`` of the strangers.

    With few strangers the share is rounded down: of 200, at most .3% are none.
    """
    allowed = int(share * len(strangers))
    ranked = [*sorted(strangers, reverse=True), NOTHING]
    return at(nextafter(ranked[allowed], inf), answers, strangers)
