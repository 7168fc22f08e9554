"""Drawn sheets kept in memory, within a bound, and never anywhere else."""

from collections import OrderedDict

from congress.ui.sheets import Drawing, Wanted

KEPT_BYTES = 32 * 1024 * 1024
"""Most memory that drawings take, on a screen of usual size."""
_SCREENS = 3
"""On a larger one, as much as this many times what is in sight."""


class SheetImages:
    """Drawings; those not looked at for longest go first."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        """Hold at most ``most_bytes``, but always the drawing that came last."""
        self._most = most_bytes
        self._held = 0
        self._drawings: OrderedDict[Wanted, Drawing] = OrderedDict()

    def __contains__(self, wanted: Wanted) -> bool:
        return wanted in self._drawings

    @property
    def held(self) -> int:
        """Bytes of all drawings held."""
        return self._held

    def make_room(self, width: int, height: int) -> None:
        """Take a view of so many pixels of the device into account."""
        self._most = max(KEPT_BYTES, _SCREENS * 4 * width * height)

    def put(self, drawing: Drawing) -> None:
        """Hold a drawing, and let go of others if there is no room."""
        before = self._drawings.pop(drawing.wanted, None)
        if before is not None:
            self._held -= before.image.sizeInBytes()
        self._drawings[drawing.wanted] = drawing
        self._held += drawing.image.sizeInBytes()
        while self._held > self._most and len(self._drawings) > 1:
            _, oldest = self._drawings.popitem(last=False)
            self._held -= oldest.image.sizeInBytes()

    def get(self, wanted: Wanted) -> Drawing | None:
        """Return the drawing, if it is held."""
        if wanted in self._drawings:
            self._drawings.move_to_end(wanted)
        return self._drawings.get(wanted)

    def stale(self, sheet: int) -> list[Drawing]:
        """Return the bands of a sheet as it was last drawn, in whatever form that was."""
        forms = [wanted.form for wanted in self._drawings if wanted.sheet == sheet]
        if not forms:
            return []
        return [
            drawing
            for wanted, drawing in self._drawings.items()
            if wanted.sheet == sheet and wanted.form == forms[-1]
        ]

    def clear(self) -> None:
        """Let go of all drawings."""
        self._drawings.clear()
        self._held = 0
