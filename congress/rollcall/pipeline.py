"""From frames to decisions: detect, follow, embed, match, confirm. Writes nothing.

Faces are searched in every second frame and followed in between. A followed face is embedded
when a search finds it good enough, grown by some percent or looked at a moment longer, at
most six times; ``confirm.decide`` then says who it is, once. A face that never is good enough
is looked at more closely when its track ends or goes on for long: see ``afar``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from congress.kernel.ids import PersonId
from congress.rollcall import afar
from congress.rollcall.afar import Glimpse
from congress.rollcall.camera import Frame
from congress.rollcall.confirm import (
    AGREEING,
    Decision,
    Observation,
    Rule,
    Verdict,
    decide,
    decide_from_afar,
)
from congress.rollcall.faces import Backend, Box, Face, Image
from congress.rollcall.matching import Candidate, Gallery
from congress.rollcall.qr import badge_codes
from congress.rollcall.quality import DOOR, Gate, Reason, light_reason, shape_reason
from congress.rollcall.tracker import Track, Tracker

_GROWTH, _LONGER = 1.08, 4
_GROWTH_OF_STRANGER, _LONGER_FOR_STRANGER = 1.25, 8
_ASK_AGAIN = 20.0
_SHOWN_MISSED = 1
_FAR, _STEADY, _LONG = 20, 5, 45
_SINGLE_LOOKS, _BANDS_BELOW = 3, 2.0
_BADGES_EVERY, _BADGE_GONE = 3, 3.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A decision about a face in view, made once for each track.

    Attributes:
        track: Number of the track.
        at: Seconds since the source began.
        waited: Seconds from the first good look to the decision.
        verdict: Register, ask the operator, or unknown.
        candidates: The best persons; see ``confirm.Decision``.
    """

    track: int
    at: float
    waited: float
    verdict: Verdict
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class TrackView:
    """A face in view, to be drawn.

    Attributes:
        track: Number of the track.
        box: Where it is.
        found: Whether it was found there in this frame; otherwise that is a guess.
        verdict: What was decided, or ``None`` while it is looked at.
        person_id: Who it is, once registered.
        hint: What keeps it from being looked at, or ``None``.
        face: The face as a search found it in this very frame, or ``None``.
    """

    track: int
    box: Box
    found: bool
    verdict: Verdict | None
    person_id: PersonId | None
    hint: Reason | None
    face: Face | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What one frame showed.

    Attributes:
        frame: The frame.
        tracks: The faces in view.
        sightings: The decisions made at this frame.
        bearers: Whose badges came into view.
        void_badges: How many badges came into view that are nobody's: void, or of another
            congress.
    """

    frame: Frame
    tracks: tuple[TrackView, ...]
    sightings: tuple[Sighting, ...]
    bearers: tuple[PersonId, ...] = ()
    void_badges: int = 0


@dataclass(slots=True)
class _Case:
    seen: list[Observation] = field(default_factory=list)
    width: float = 0.0
    searches: int = 0
    first: float = 0.0
    verdict: Verdict | None = None
    person_id: PersonId | None = None
    hint: Reason | None = None
    poor: list[Glimpse] = field(default_factory=list)


class Pipeline:
    """Recognises the people in one stream of frames."""

    def __init__(
        self,
        backend: Backend,
        gallery: Gallery,
        *,
        registered: Iterable[PersonId] = (),
        gate: Gate = DOOR,
        every: int = 2,
        embeddings: int = 6,
        badges: Mapping[str, PersonId] | None = None,
    ) -> None:
        """Start with nobody in view.

        Args:
            backend: Detects and embeds.
            gallery: Who is enrolled, in the backend's model.
            registered: Who is in already and is not decided about again.
            gate: How good a face must be to be looked at.
            every: Search for faces in every so many frames.
            embeddings: Most embeddings for one track.
            badges: Whose each valid badge code is (``Badges.bearers``); ``None`` reads no
                badges.
        """
        self._backend = backend
        self._gate = gate
        self._every = every
        self._most = embeddings
        self._registered = set(registered)
        self._tracker = Tracker()
        self._cases: dict[int, _Case] = {}
        self._asked: dict[PersonId, float] = {}
        self._frames = 0
        self._badges = badges
        self._shown: dict[str, float] = {}
        self.use(gallery)

    def use(self, gallery: Gallery) -> None:
        """Match against ``gallery`` from the next frame on."""
        scale = self._backend.scale
        rule = Rule(gallery.threshold, scale.band, scale.gap, gallery.marked)
        self._matching = (gallery, rule)

    def use_badges(self, badges: Mapping[str, PersonId]) -> None:
        """Read badges by ``badges`` from the next frame on; callable from any thread."""
        self._badges = badges

    @property
    def rule(self) -> Rule:
        """When a face is somebody, by the gallery in use."""
        return self._matching[1]

    @property
    def sees_eyes(self) -> bool:
        """Whether the faces in views tell how far their eyes are open."""
        return self._backend.sees_eyes

    def identify(self, image: Image, face: Face) -> Observation:
        """Return whom one look at a face shows, best first; decides nothing."""
        aligned = self._backend.embedder.align(image, face)
        return self._matching[0].rank(self._backend.embedder.embed(aligned))

    def know(self, person_id: PersonId) -> None:
        """Take note that a person is in, by whatever way; callable from any thread."""
        self._registered.add(person_id)

    def forget(self, person_id: PersonId) -> None:
        """Take note that a person is not in after all; callable from any thread."""
        self._registered.discard(person_id)
        self._asked.pop(person_id, None)

    def run(self, frames: Iterable[Frame]) -> Iterator[View]:
        """Yield a view for each frame, and at the end one more for those still in view."""
        last: Frame | None = None
        for frame in frames:
            last = frame
            yield self.process(frame)
        if last is not None and (sightings := self._end(self._tracker.clear(), last.at)):
            yield View(last, (), sightings)

    def process(self, frame: Frame) -> View:
        """Return what ``frame`` shows."""
        self._tracker.coast()
        sightings: list[Sighting] = []
        bearers: Sequence[PersonId | None] = ()
        if self._badges is not None and self._frames % _BADGES_EVERY == 0:
            bearers = tuple(self._read_badges(frame, self._badges))
        searched = self._frames % self._every == 0
        if searched:
            ended = self._tracker.update(self._backend.detector.detect(frame.image))
            sightings += self._end(ended, frame.at)
            for track in self._tracker.tracks:
                if not track.missed and (seen := self._look(track, frame)):
                    sightings.append(seen)
        self._frames += 1
        shown = (track for track in self._tracker.tracks if track.missed <= _SHOWN_MISSED)
        return View(
            frame,
            tuple(self._view(track, searched=searched) for track in shown),
            tuple(sightings),
            tuple(bearer for bearer in bearers if bearer is not None),
            sum(bearer is None for bearer in bearers),
        )

    def _read_badges(
        self, frame: Frame, badges: Mapping[str, PersonId]
    ) -> Iterator[PersonId | None]:
        """Give whose badges are in view; each again only after it was gone for a while."""
        gone = [code for code, at in self._shown.items() if frame.at - at >= _BADGE_GONE]
        for code in gone:
            del self._shown[code]
        for code in badge_codes(frame.image):
            if code not in self._shown:
                yield badges.get(code)
            self._shown[code] = frame.at

    def _look(self, track: Track, frame: Frame) -> Sighting | None:
        case = self._cases.setdefault(track.number, _Case())
        if case.verdict or len(case.seen) >= self._most:
            return None
        gallery, rule = self._matching
        case.searches += 1
        if not self._worth(track.face.box.width, case, rule):
            return None
        aligned = self._align(track.face, frame.image, case)
        if aligned is None:
            if track.seen == _LONG and not case.seen:
                return self._from_afar(track.number, case, frame.at, final=False)
            return None
        if not case.seen:
            case.first = frame.at
        case.seen.append(gallery.rank(self._backend.embedder.embed(aligned)))
        case.width, case.searches = track.face.box.width, 0
        return self._decide(track.number, case, frame.at, rule, len(case.seen) >= self._most)

    def _worth(self, width: float, case: _Case, rule: Rule) -> bool:
        """Return whether another look may tell more: saves looks for when the face is close."""
        if len(case.seen) < AGREEING:
            return True
        if rule.doubts(case.seen[-1]):
            return width >= case.width * _GROWTH or case.searches >= _LONGER
        near = width >= case.width * _GROWTH_OF_STRANGER
        return near or case.searches >= _LONGER_FOR_STRANGER

    def _align(self, face: Face, image: Image, case: _Case) -> Image | None:
        """Return the aligned face if it is good enough; set aside one that is nearly so."""
        shape = shape_reason(face, self._gate)
        far = shape is Reason.SMALL and face.box.width >= _FAR
        if shape and not far:
            case.hint = shape
            return None
        aligned = self._backend.embedder.align(image, face)
        light = light_reason(aligned, self._gate)
        case.hint = shape or light
        if case.hint is None:
            return aligned
        if light in (None, Reason.BLURRED):
            case.poor = afar.clearest([*case.poor, afar.glimpse(image, face, aligned)])
        return None

    def _decide(
        self, number: int, case: _Case, at: float, rule: Rule, final: bool
    ) -> Sighting | None:
        decision = decide(case.seen, rule, final=final)
        return self._settle(number, case, at, decision) if decision else None

    def _from_afar(self, number: int, case: _Case, at: float, *, final: bool) -> Sighting | None:
        """Decide from looks of which none was good; before the end, only to register."""
        gallery, rule = self._matching
        embed = self._backend.embedder.embed
        seen = [gallery.rank(embed(each.aligned)) for each in case.poor[:_SINGLE_LOOKS]]
        enough = rule.threshold - _BANDS_BELOW * rule.band
        if not any(each and each[0].score >= enough for each in seen):
            return None
        template = afar.joined(case.poor, self._backend)
        joined = () if template is None else gallery.rank(template)
        decision = decide_from_afar(seen, joined, rule)
        if decision is None or not (final or decision.verdict is Verdict.REGISTER):
            return None
        case.first = at
        return self._settle(number, case, at, decision)

    def _settle(self, number: int, case: _Case, at: float, decision: Decision) -> Sighting | None:
        """Take the decision about a track; return it unless it is nothing new to anybody."""
        _, rule = self._matching
        case.verdict = decision.verdict
        if decision.verdict is Verdict.REGISTER:
            (candidate,) = decision.candidates
            case.person_id = candidate.person_id
            if candidate.person_id in self._registered:
                return None
            self._registered.add(candidate.person_id)
        elif decision.verdict is Verdict.UNCERTAIN and not self._ask(decision, rule, at):
            return None
        return Sighting(number, at, at - case.first, decision.verdict, decision.candidates)

    def _ask(self, decision: Decision, rule: Rule, at: float) -> bool:
        """Return whether to ask the operator: somebody not yet in may be in view, unasked."""
        open_to = [
            candidate.person_id
            for candidate in decision.candidates
            if candidate.person_id not in self._registered and rule.doubts((candidate,))
        ]
        if not open_to or at - self._asked.get(open_to[0], -_ASK_AGAIN) < _ASK_AGAIN:
            return False
        self._asked[open_to[0]] = at
        return True

    def _end(self, tracks: Iterable[Track], at: float) -> tuple[Sighting, ...]:
        sightings = []
        for track in tracks:
            case = self._cases.pop(track.number, None)
            if case is None or case.verdict:
                continue
            if seen := self._last_word(track, case, at):
                sightings.append(seen)
        return tuple(sightings)

    def _last_word(self, track: Track, case: _Case, at: float) -> Sighting | None:
        _, rule = self._matching
        if case.seen:
            return self._decide(track.number, case, at, rule, final=True)
        if track.seen < _STEADY:
            return None
        return self._from_afar(track.number, case, at, final=True)

    def _view(self, track: Track, *, searched: bool) -> TrackView:
        case = self._cases.get(track.number, _Case())
        return TrackView(
            track=track.number,
            box=track.box,
            found=track.box == track.face.box,
            verdict=case.verdict,
            person_id=case.person_id,
            hint=case.hint,
            face=track.face if searched and not track.missed else None,
        )
