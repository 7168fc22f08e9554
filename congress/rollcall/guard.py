"""Lets nobody in at an unattended door before they have turned their head as asked.

While a face is checked (``liveness.Check``) every look at it is compared with the person again,
so that nobody shows a photograph first and turns their own head then. One face is checked at a
time; others wait. A check proves a living face, not who it is: a doubtful face that passes is
registered only if the looks made meanwhile clearly show that person, by the same threshold as
always; otherwise the operator is asked.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from congress.kernel.ids import PersonId
from congress.rollcall.confirm import AGREEING, Observation, Verdict
from congress.rollcall.faces import Face
from congress.rollcall.liveness import STRAIGHT, Check, Move, State, random_moves
from congress.rollcall.matching import Candidate
from congress.rollcall.pipeline import Pipeline, Sighting, TrackView, View
from congress.rollcall.quality import turn

_BANDS_BELOW = 2.0
"""A turned face scores lower: how many bands below the threshold it still is the person."""


@dataclass(frozen=True, slots=True)
class Turning:
    """A check under way, or just over.

    Attributes:
        track: Number of the track.
        person_id: Who the face is taken for.
        state: How far it is.
        asked: What to do now, or ``None``.
        done: How many moves were made.
        of: How many are asked for.
    """

    track: int
    person_id: PersonId
    state: State
    asked: Move | None
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Watched:
    """What may be done about one view.

    Attributes:
        sightings: Decisions that stand.
        refused: Decisions whose check failed: the operator has to look.
        turning: The check under way or just over, or ``None``.
    """

    sightings: tuple[Sighting, ...]
    refused: tuple[Sighting, ...] = ()
    turning: Turning | None = None


@dataclass(slots=True)
class _Case:
    sighting: Sighting
    check: Check
    voices: list[float] = field(default_factory=list)

    @property
    def person_id(self) -> PersonId:
        return self.sighting.candidates[0].person_id

    @property
    def turning(self) -> Turning:
        check = self.check
        return Turning(
            self.sighting.track,
            self.person_id,
            check.state,
            check.asked,
            check.done,
            len(check.moves),
        )


class Guard:
    """Stands between the decisions of a pipeline and the register."""

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        unattended: bool = False,
        borderline: bool = False,
        moves: Callable[[], Sequence[Move]] | None = None,
    ) -> None:
        """Watch the decisions of ``pipeline``, in its thread.

        Args:
            pipeline: What decides.
            unattended: Whether everyone is checked.
            borderline: Whether doubtful faces are checked before the operator is asked.
            moves: Chooses what to ask for; by default turns to random sides, and to close the
                eyes where the backend sees them.
        """
        self._pipeline = pipeline
        self._moves = moves or partial(random_moves, eyes=pipeline.sees_eyes)
        self._unattended, self._borderline = unattended, borderline
        self._waiting: deque[Sighting] = deque()
        self._case: _Case | None = None

    def watch(self, view: View) -> Watched:
        """Return what stands of the decisions of ``view``, and of those that waited."""
        in_view = {track.track: track for track in view.tracks}
        stands: list[Sighting] = []
        refused: list[Sighting] = []
        for sighting in view.sightings:
            if not self._checks(sighting, in_view):
                stands.append(sighting)
            elif sighting.track in in_view:
                self._waiting.append(sighting)
            else:
                refused.append(self._let_go(sighting))
        if self._case is None:
            self._begin(in_view, refused)
        case = self._case
        if case is None:
            return Watched(tuple(stands), tuple(refused))
        self._look(case, view, in_view.get(case.sighting.track))
        if case.check.over:
            self._case = None
            if case.check.state is State.PASSED:
                stands.append(self._passed(case))
            else:
                refused.append(self._let_go(case.sighting))
        return Watched(tuple(stands), tuple(refused), case.turning)

    def _checks(self, sighting: Sighting, in_view: Mapping[int, TrackView]) -> bool:
        match sighting.verdict:
            case Verdict.REGISTER:
                return self._unattended
            case Verdict.UNCERTAIN:
                # Of look-alikes no further look tells more: the operator decides.
                best = sighting.candidates[0].person_id
                marked = best in self._pipeline.rule.marked
                return self._borderline and not marked and sighting.track in in_view
        return False

    def _begin(self, in_view: Mapping[int, TrackView], refused: list[Sighting]) -> None:
        while self._waiting and self._case is None:
            sighting = self._waiting.popleft()
            if sighting.track in in_view:
                self._case = _Case(sighting, Check(self._moves()))
            else:
                refused.append(self._let_go(sighting))

    def _look(self, case: _Case, view: View, track: TrackView | None) -> None:
        if track is not None and track.face is None:
            return
        face = track.face if track is not None else None
        if face is not None and not self._same(case, face, view):
            face = None
        case.check.offer(face, view.frame.at)

    def _same(self, case: _Case, face: Face, view: View) -> bool:
        """Return whether the face still is the person; count what it clearly says."""
        rule = self._pipeline.rule
        seen: Observation = self._pipeline.identify(view.frame.image, face)
        if not seen or seen[0].person_id != case.person_id:
            return False
        if turn(face) < STRAIGHT and rule.speaks_for(seen) == case.person_id:
            case.voices.append(seen[0].score)
        return seen[0].score >= rule.threshold - _BANDS_BELOW * rule.band

    def _passed(self, case: _Case) -> Sighting:
        sighting = case.sighting
        if sighting.verdict is Verdict.REGISTER or len(case.voices) < AGREEING:
            return sighting
        self._pipeline.know(case.person_id)
        best = Candidate(case.person_id, max(case.voices))
        return replace(sighting, verdict=Verdict.REGISTER, candidates=(best,))

    def _let_go(self, sighting: Sighting) -> Sighting:
        if sighting.verdict is Verdict.REGISTER:
            self._pipeline.forget(sighting.candidates[0].person_id)
        return sighting
