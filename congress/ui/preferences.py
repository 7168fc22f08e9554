"""How one person likes this machine's screens: language, light or dark, size of text.

Kept in a small JSON file of the machine, outside every congress: nothing in it is secret.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from congress.kernel.settings import LANGUAGES
from congress.ui.theme.tokens import TEXT_SCALES, Mode

PANEL_SECONDS = (60, 120, 180, 300)
"""After how long without a touch the voting panel may forget a ballot."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose.

    Attributes:
        lang: ``en``, ``vi`` or ``ur``.
        mode: Light or dark.
        text_scale: One of ``TEXT_SCALES``.
        motion: Whether things may move.
        urdu_digits: Whether numbers in Urdu are written ۰۱۲۳ rather than 0123.
        contrast: Whether everything is black on white or white on black.
        panel_seconds: One of ``PANEL_SECONDS``.
    """

    lang: str = "en"
    mode: Mode = Mode.LIGHT
    text_scale: float = 1.0
    motion: bool = True
    urdu_digits: bool = False
    contrast: bool = False
    panel_seconds: int = 120

    def other_mode(self) -> "Preferences":
        """Return the same preferences in the other mode."""
        return replace(self, mode=Mode.DARK if self.mode is Mode.LIGHT else Mode.LIGHT)


def load(path: Path) -> Preferences:
    """Return the preferences kept in ``path``; what is missing or unknown is the default."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    default = Preferences()
    return Preferences(
        lang=kept["lang"] if kept.get("lang") in LANGUAGES else default.lang,
        mode=Mode(kept["mode"]) if kept.get("mode") in list(Mode) else default.mode,
        text_scale=(
            float(kept["text_scale"])
            if kept.get("text_scale") in TEXT_SCALES
            else default.text_scale
        ),
        motion=kept.get("motion") is not False,
        urdu_digits=kept.get("urdu_digits") is True,
        contrast=kept.get("contrast") is True,
        panel_seconds=(
            int(kept["panel_seconds"])
            if kept.get("panel_seconds") in PANEL_SECONDS
            else default.panel_seconds
        ),
    )


def save(path: Path, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``path``.

    Raises:
        OSError: The file cannot be written; the preferences then last until the window closes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
