"""Drawn pages kept in memory, within a bound, and never anywhere else."""

from collections import OrderedDict

from PySide6.QtGui import QColor, QImage, QPainter

from congress.ui.render import Wanted
from congress.ui.theme.tokens import DARK

KEPT_BYTES = 128 * 1024 * 1024
"""Most memory that drawn pages take."""


class PageImages:
    """Drawn pages; those not looked at for longest go first."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        """Hold at most ``most_bytes``, but always the page that came last."""
        self._most = most_bytes
        self._held = 0
        self._images: OrderedDict[Wanted, QImage] = OrderedDict()

    def __contains__(self, wanted: Wanted) -> bool:
        return wanted in self._images

    @property
    def held(self) -> int:
        """Bytes of all pages held."""
        return self._held

    def put(self, wanted: Wanted, image: QImage) -> None:
        """Hold a page, and let go of others if there is no room."""
        if wanted in self._images:
            self._held -= self._images.pop(wanted).sizeInBytes()
        self._images[wanted] = image
        self._held += image.sizeInBytes()
        while self._held > self._most and len(self._images) > 1:
            _, oldest = self._images.popitem(last=False)
            self._held -= oldest.sizeInBytes()

    def get(self, wanted: Wanted) -> QImage | None:
        """Return the page, or else the same page as it was last drawn at another scale."""
        if wanted in self._images:
            self._images.move_to_end(wanted)
            return self._images[wanted]
        for other in reversed(self._images):
            if other.page == wanted.page:
                return self._images[other]
        return None

    def clear(self) -> None:
        """Let go of all pages."""
        self._images.clear()
        self._held = 0


def nightly(image: QImage) -> QImage:
    """Return a page with light letters on the ground of dark surfaces."""
    turned = image.copy()
    turned.invertPixels()
    painter = QPainter(turned)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Lighten)
    painter.fillRect(turned.rect(), QColor(DARK.surface))
    painter.end()
    return turned
