"""Where one has been in a paper: back and forward, as in a web browser. Pure."""

from congress.ui.widgets.pagelayers import Place

_MOST = 100
_NEAR = 200
"""Characters between two places on one page that count as the same place."""


class History:
    """Places that were left by a jump, and those one went back from."""

    def __init__(self) -> None:
        """Begin with no place."""
        self._before: list[Place] = []
        self._after: list[Place] = []

    def clear(self) -> None:
        """Forget every place."""
        self._before, self._after = [], []

    def jump(self, here: Place) -> None:
        """Remember the place that is left by a jump."""
        if not self._before or not _same(self._before[-1], here):
            self._before = [*self._before[-_MOST + 1 :], here]
        self._after = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return bool(self._before)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place to go forward to."""
        return bool(self._after)

    def back(self, here: Place) -> Place | None:
        """Return the place before, or ``None``; one can go forward to ``here`` again."""
        if not self._before:
            return None
        self._after.append(here)
        return self._before.pop()

    def forward(self, here: Place) -> Place | None:
        """Return the place that was gone back from, or ``None``."""
        if not self._after:
            return None
        self._before.append(here)
        return self._after.pop()


def _same(one: Place, other: Place) -> bool:
    return one.page == other.page and abs(one.offset - other.offset) < _NEAR
