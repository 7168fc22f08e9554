"""Names that look alike, for a person to look at: a warning, never a verdict.

Two candidates whose names a reader cannot tell apart, by letters of other scripts or by
characters that nobody sees, share one skeleton here, in the way of Unicode Technical
Standard 39 (*Security Mechanisms*, section 4) with the letters of Latin, Greek and Cyrillic
that are drawn alike.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from congress.verifier.faults import Fault
from congress.verifier.manifest import Contest

_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν01|lI",
    "ABESIJKMHOPCTXYaesijopcyxdhqwABEZHIKMNOPTYXoivoiiii",
)
_UNSEEN = ("Cf", "Cc", "Co", "Cn", "Cs")
_JOINERS = "\u200c\u200d"
"""Unseen, but part of the spelling of Urdu."""


def warnings(contests: Sequence[Contest]) -> Iterator[Fault]:
    """Return a warning for every two candidates that look alike, and every unseen character."""
    for contest in contests:
        seen: dict[str, str] = {}
        for candidate in contest.candidates:
            face = skeleton(f"{candidate.name} {candidate.note}")
            if face in seen:
                names = {"first": seen[face], "second": candidate.name}
                yield Fault("look_alike", contest=contest.id, **names)
            seen[face] = candidate.name
            letters = set(candidate.name) - set(_JOINERS)
            if any(unicodedata.category(letter) in _UNSEEN for letter in letters):
                yield Fault("unseen_letters", contest=contest.id, name=candidate.name)


def skeleton(text: str) -> str:
    """Return what is left of a text once everything drawn alike is written alike."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    seen = "".join(letter for letter in decomposed if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(seen.casefold().translate(_ALIKE).split())
