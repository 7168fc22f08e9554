"""Follows faces from frame to frame by the overlap of their boxes. Pure but for its state.

Greedy matching by intersection over union, as in Bochinski et al., "High-Speed Tracking by
Detection Without Using Image Information" (AVSS 2017), with a constant speed between frames.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from congress.rollcall.faces import Box, Face

_OVERLAP, _REACH = 0.2, 0.7


@dataclass(slots=True)
class Track:
    """One face that is being followed.

    Attributes:
        number: Identifies the track in its pipeline; never used again.
        face: Where it was found last.
        box: Where it is expected now.
        seen: Frames in which it was found.
        missed: Searches in a row in which it was not found.
    """

    number: int
    face: Face
    box: Box
    seen: int = 1
    missed: int = 0
    _speed: tuple[float, float] = field(default=(0.0, 0.0))
    _since: int = 0

    def coast(self) -> None:
        """Move the expected box on by one frame."""
        self._since += 1
        self.box = self.box.moved(*self._speed)

    def found(self, face: Face) -> None:
        """Take the place where the face was found in this frame."""
        if self._since:
            (x, y), (was_x, was_y) = face.box.centre, self.face.box.centre
            self._speed = ((x - was_x) / self._since, (y - was_y) / self._since)
        self.face, self.box = face, face.box
        self.seen += 1
        self.missed = self._since = 0


class Tracker:
    """The faces in view.

    Args:
        patience: Searches in a row that may miss a face before its track ends.
    """

    def __init__(self, patience: int = 4) -> None:
        """Start with nobody in view."""
        self._patience = patience
        self._next = 1
        self.tracks: list[Track] = []

    def coast(self) -> None:
        """Move every track on by a frame; call it once for each frame, searched or not."""
        for track in self.tracks:
            track.coast()

    def update(self, faces: Sequence[Face]) -> list[Track]:
        """Match the faces found in this frame to the tracks, and return the tracks that ended."""
        pairs = sorted(
            (
                (-_nearness(track.box, face.box), index, at)
                for index, track in enumerate(self.tracks)
                for at, face in enumerate(faces)
                if _nearness(track.box, face.box) > 0
            ),
        )
        matched: set[int] = set()
        taken: set[int] = set()
        for _, index, at in pairs:
            if index not in matched and at not in taken:
                self.tracks[index].found(faces[at])
                matched.add(index)
                taken.add(at)
        for index, track in enumerate(self.tracks):
            if index not in matched:
                track.missed += 1
        ended = [track for track in self.tracks if track.missed > self._patience]
        self.tracks = [track for track in self.tracks if track.missed <= self._patience]
        for at, face in enumerate(faces):
            if at not in taken:
                self.tracks.append(Track(self._next, face, face.box))
                self._next += 1
        return ended

    def clear(self) -> list[Track]:
        """End every track and return them."""
        ended, self.tracks = self.tracks, []
        return ended


def _nearness(one: Box, other: Box) -> float:
    """Return over 0 where two boxes may be one face: overlap first, then short distance."""
    if (overlap := one.overlap(other)) >= _OVERLAP:
        return 1 + overlap
    width = max(one.width, other.width)
    if min(one.width, other.width) < 0.6 * width:
        return 0.0
    (x, y), (other_x, other_y) = one.centre, other.centre
    distance = hypot(x - other_x, y - other_y)
    return max(0.0, 1 - distance / (_REACH * width))
