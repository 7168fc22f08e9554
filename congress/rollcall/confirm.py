"""Decides about a face from what several frames of it say. Pure.

One frame is never enough to register somebody, and a doubtful frame never counts for it. Of a
face that no frame showed well, only several looks joined into one observation say enough.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from congress.kernel.ids import PersonId
from congress.rollcall.matching import Candidate

AGREEING = 2
"""Frames of one track that must agree on a person before the person is registered."""

_LEAD_FROM_AFAR = 2.0
"""Lead, over that asked of a good frame, that the best person needs in looks from afar."""

Observation: TypeAlias = Sequence[Candidate]


class Verdict(StrEnum):
    """What becomes of a face at the door."""

    REGISTER = "register"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a face is somebody.

    Attributes:
        threshold: Lowest score at which a frame speaks for a person.
        band: How far below the threshold a face is still shown to the operator.
        gap: How much the best person must lead the second best.
        marked: Persons with a close look-alike: the operator always decides.
    """

    threshold: float
    band: float
    gap: float
    marked: Collection[PersonId] = frozenset()

    def speaks_for(self, seen: Observation) -> PersonId | None:
        """Return whom one frame clearly shows, or ``None``."""
        if not seen or seen[0].score < self.threshold:
            return None
        if len(seen) > 1 and seen[0].score - seen[1].score < self.gap:
            return None
        return seen[0].person_id

    def doubts(self, seen: Observation) -> bool:
        """Return whether one frame may show somebody who is enrolled."""
        return bool(seen) and seen[0].score >= self.threshold - self.band

    def tells(self, joined: Observation) -> PersonId | None:
        """Return whom looks from afar, joined into one, clearly show, or ``None``."""
        person = self.speaks_for(joined)
        if len(joined) > 1 and joined[0].score - joined[1].score < self.gap * _LEAD_FROM_AFAR:
            return None
        return person


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a face.

    Attributes:
        verdict: Register, ask the operator, or unknown.
        candidates: The best persons, highest score first: the one person to register, up to
            three to choose from, or nobody.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()


def decide(seen: Sequence[Observation], rule: Rule, *, final: bool) -> Decision | None:
    """Return the decision about one track, or ``None`` while more frames are needed.

    Args:
        seen: What each frame of the track said, best persons first.
        rule: When a face is somebody.
        final: Whether no further frame will come, so that doubt goes to the operator now.
    """
    voices = Counter(person for each in seen if (person := rule.speaks_for(each)))
    if len(voices) == 1:
        ((person, count),) = voices.items()
        if count >= AGREEING:
            verdict = Verdict.UNCERTAIN if person in rule.marked else Verdict.REGISTER
            best = max(each[0].score for each in seen if rule.speaks_for(each) == person)
            if verdict is Verdict.REGISTER:
                return Decision(verdict, (Candidate(person, best),))
            return Decision(verdict, _best(seen))
    if not final or not seen:
        return None
    if any(rule.doubts(each) for each in seen):
        return Decision(Verdict.UNCERTAIN, _best(seen))
    return Decision(Verdict.UNKNOWN) if len(seen) >= AGREEING else None


def decide_from_afar(
    seen: Sequence[Observation], joined: Observation, rule: Rule
) -> Decision | None:
    """Return the decision about a track that had no good look, or ``None`` for a passer-by.

    The looks one by one never register anybody, however many agree: they share what is wrong
    with them. Joined they score strangers no higher than one good look does (degraded LFW
    tracks against 319 persons: .46 at most; good photographs: .50), so the threshold stands.

    Args:
        seen: What single looks said, best persons first.
        joined: What several looks joined said; empty if they were too few.
        rule: When a face is somebody.
    """
    person = rule.tells(joined)
    contradicted = any(rule.speaks_for(each) not in (None, person) for each in seen)
    if person and not contradicted and person not in rule.marked:
        return Decision(Verdict.REGISTER, (joined[0],))
    everything = [*seen, joined]
    if any(map(rule.doubts, everything)):
        return Decision(Verdict.UNCERTAIN, _best(everything))
    return None


def _best(seen: Sequence[Observation], count: int = 3) -> tuple[Candidate, ...]:
    top: dict[PersonId, float] = {}
    for each in seen:
        for candidate in each:
            top[candidate.person_id] = max(top.get(candidate.person_id, -1.0), candidate.score)
    ordered = sorted(top.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Candidate(person, score) for person, score in ordered[:count])
