"""A context for tests of pages and components: real threads and words, no window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from PySide6.QtWidgets import QApplication

from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.kernel.events import EventBus
from congress.ui.bridge import Bridge
from congress.ui.context import UiContext
from congress.ui.preferences import Preferences
from congress.ui.tasks import Tasks
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Mode, Tone


@dataclass
class Surroundings:
    """What a page did to its surroundings."""

    bus: EventBus = field(default_factory=EventBus)
    toasts: list[tuple[str, Tone]] = field(default_factory=list)
    undo: Callable[[], object] | None = None
    visited: list[str] = field(default_factory=list)
    errors: list[CongressError] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)
    preferred: list[Preferences] = field(default_factory=list)

    def show_toast(
        self, text: str, tone: Tone = Tone.GOOD, undo: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append((text, tone))
        self.undo = undo


@contextmanager
def ui_context(
    lang: str = "en", mode: Mode = Mode.LIGHT, congress: object = None, *, dress: bool = True
) -> Iterator[tuple[UiContext, Surroundings]]:
    """Yield a context and what it records; its threads end with the block."""
    application = cast(QApplication, QApplication.instance())
    theme = Theme.of(mode, lang, motion=False)
    if dress:
        theme.dress(application)
    around = Surroundings()
    tasks = Tasks()
    tasks.bug.connect(around.bugs.append)
    tasks.failed.connect(around.errors.append)
    bridge = Bridge(around.bus)
    context = UiContext(
        tr=Translator(lang),
        theme=theme,
        tasks=tasks,
        bridge=bridge,
        toasts=around,
        navigate=around.visited.append,
        show_error=around.errors.append,
        preferences=Preferences(lang=lang, mode=mode, motion=False),
        prefer=around.preferred.append,
    )
    try:
        yield replace(context, congress=congress), around  # type: ignore[arg-type]
    finally:
        bridge.close()
        tasks.shutdown()
    assert not around.bugs, around.bugs
