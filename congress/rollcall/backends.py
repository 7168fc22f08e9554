"""Builds the backends, and steps aside to the other one where the chosen one cannot run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock

from congress.kernel.errors import EnvironmentFault, InputError
from congress.rollcall.faces import Backend, Model, Scale
from congress.rollcall.models import SFACE, YUNET, verified

SFACE_SCALE = Scale(floor=0.5, band=0.08, gap=0.06, agree=0.45, alike=0.65, same_photo=0.87)
"""Measured on LFW: a photograph sent again smaller or saved anew scores .87 to .98 with itself,
two photographs of one person at most .91, sisters and twins at most .76, others .46. Between .48
and .50 half a percent of single looks is lost to a question, and of strangers who would get in
no more than every fifth is left (cross-validated, see ``mirrored``)."""
DLIB_SCALE = Scale(floor=0.95, band=0.015, gap=0.01, agree=0.92, alike=0.975, same_photo=0.99)
"""Measured on LFW: at .95 three pairs of different persons in 100,000 score higher."""


def _sface() -> Backend:
    # Imported here, and below: OpenCV and dlib take their memory only where faces are seen.
    from congress.rollcall.detector import YuNet
    from congress.rollcall.embedder import SIZE, SFace

    return Backend(
        name="sface",
        detector=YuNet(verified(YUNET)),
        embedder=SFace(verified(SFACE)),
        model=Model("sface-2021dec", SFACE.sha256, SIZE),
        scale=SFACE_SCALE,
        detector_sha256=YUNET.sha256,
    )


def _face_recognition() -> Backend:
    from congress.rollcall.backend_dlib import SIZE, DlibDetector, DlibEmbedder, weights_sha256

    return Backend(
        name="face_recognition",
        detector=DlibDetector(),
        embedder=DlibEmbedder(),
        model=Model("dlib-resnet-v1", weights_sha256(), SIZE),
        scale=DLIB_SCALE,
        sees_eyes=True,
    )


_BUILDERS: Mapping[str, Callable[[], Backend]] = {
    "sface": _sface,
    "face_recognition": _face_recognition,
}
NAMES = tuple(_BUILDERS)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A backend, and what stood in the way of the one that was asked for.

    Attributes:
        backend: The one that runs.
        warning: Why it is not the one asked for, to be shown on the screen, or ``None``.
    """

    backend: Backend
    warning: EnvironmentFault | None = None


def build(name: str) -> Backend:
    """Return the backend ``name``.

    Raises:
        InputError: ``faces.unknown_backend``.
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
    """
    if name not in _BUILDERS:
        raise InputError("faces.unknown_backend", name=name)
    return _BUILDERS[name]()


def load(name: str) -> Loaded:
    """Return the backend ``name``, or the other one with a warning where it cannot run.

    Raises:
        InputError: ``faces.unknown_backend``.
        EnvironmentFault: Neither backend can run.
    """
    try:
        return Loaded(build(name))
    except EnvironmentFault as fault:
        other = next(each for each in NAMES if each != name)
        return Loaded(build(other), fault)


class Backends:
    """Loads each backend once, however many congresses are opened one after the other.

    A network takes 48 to 76 MB. Whoever sees with one takes turns (see ``YuNet``, ``SFace``).
    """

    def __init__(self) -> None:
        """Load nothing yet."""
        self._loaded: dict[str, Loaded] = {}
        self._turn = Lock()

    def load(self, name: str) -> Loaded:
        """Return the backend ``name`` as ``load`` does, the same one each time.

        One that could not run is tried again the next time: what it lacked may have come.

        Raises:
            InputError: ``faces.unknown_backend``.
            EnvironmentFault: Neither backend can run.
        """
        with self._turn:
            known = self._loaded.get(name)
            if known is not None:
                return known
            loaded = load(name)
            if loaded.warning is None:
                self._loaded[name] = loaded
            return loaded


@cache
def shared() -> Backends:
    """Return the backends of this process."""
    return Backends()
