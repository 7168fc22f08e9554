"""Between the page of rule packs and the booth."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError, InputError
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.voting.booth import Booth
from congress.voting.model import Line
from congress.voting.rules import packs
from congress.voting.rules.examples import told
from congress.voting.rules.model import Example, Pack, Rule

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ToldExample:
    """A worked example and what comes out of it."""

    example: Example
    outcome: Line


@dataclass(frozen=True, slots=True)
class ToldPack:
    """A pack with what comes out of every example.

    Attributes:
        pack: The pack.
        own: Whether the congress added it; the others come with the program.
        rules: Each rule with its examples, in order.
    """

    pack: Pack
    own: bool
    rules: tuple[tuple[Rule, tuple[ToldExample, ...]], ...]


def tell(pack: Pack, *, own: bool) -> ToldPack:
    """Run every example of ``pack``; takes longer than a frame."""
    return ToldPack(
        pack,
        own,
        tuple(
            (rule, tuple(ToldExample(item, told(rule, item)) for item in rule.examples))
            for rule in pack.rules
        ),
    )


class RulePacksController(QObject):
    """Reads rule packs, tries new ones, and adds them."""

    listed = Signal(object)
    """All packs (``Sequence[Pack]``), those that come with the program first."""
    shown = Signal(object)
    """The ``ToldPack`` that was asked for."""
    tried = Signal(object)
    """The ``ToldPack`` of a file that may be added."""
    added = Signal(object)
    """The ``Pack`` that was added."""
    refused = Signal(object)
    """The ``CongressError`` for which a file was not taken."""

    def __init__(
        self, context: UiContext, booth: Booth, *, may_add: bool, parent: QObject | None = None
    ) -> None:
        """Work on ``booth``; ``may_add`` says whether the signed-in member prepares polls."""
        super().__init__(parent)
        self._context, self._booth = context, booth
        self.may_add = may_add

    def refresh(self) -> None:
        """Have ``listed`` tell the packs."""
        self._context.tasks.free(lambda _: tuple(self._booth.packs().values())).success(
            lambda value: self.listed.emit(value)
        ).start()

    def show(self, pack: Pack) -> None:
        """Have ``shown`` tell the rules and examples of ``pack``."""
        own = pack.id not in packs.shipped()
        self._context.tasks.free(lambda _: tell(pack, own=own)).success(
            lambda value: self.shown.emit(value)
        ).start()

    def try_file(self, path: Path) -> None:
        """Read a pack from a file without adding it; ``tried`` or ``refused`` answers."""

        def work(_: Progress) -> ToldPack:
            pack = packs.read(_text(path))
            if pack.id in self._booth.packs():
                raise InputError("voting.pack_exists", pack=pack.id)
            return tell(pack, own=True)

        self._context.tasks.free(work).success(lambda value: self.tried.emit(value)).failure(
            self._refuse
        ).start()

    def add(self, pack: Pack) -> None:
        """Add a pack that was tried; ``added`` or ``refused`` answers."""
        self._context.tasks.store(lambda _: self._booth.add_pack(pack.text)).success(
            lambda value: self.added.emit(value)
        ).failure(self._refuse).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("voting.pack_unreadable")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError("voting.pack_unreadable") from error
