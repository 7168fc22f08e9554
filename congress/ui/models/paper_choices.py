"""What the details of papers are chosen from: shelves by name, items of the agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from congress.docs.model import Paper, PaperType
from congress.floor.model import Item, ItemKind
from congress.i18n.translator import Translator
from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Shelf
from congress.storage.model import Group


@dataclass(frozen=True)
class PaperChoices:
    """What the details of papers are chosen from.

    Attributes:
        shelves: Where papers may lie, from public upwards.
        groups: The names of the groups among them.
        agenda: The items of the agenda, in their order.
    """

    shelves: Sequence[Shelf] = ()
    groups: Sequence[Group] = ()
    agenda: Sequence[str] = ()

    def group_name(self, group_id: GroupId) -> str:
        """Return the name of a group, or empty."""
        return next((group.name for group in self.groups if group.id == group_id), "")

    def shelf_words(self, tr: Translator, shelf: Shelf) -> str:
        """Return the words for a shelf."""
        clearance = tr(f"clearance.{shelf.clearance}")
        if shelf.clearance is not Clearance.RESTRICTED:
            return clearance
        if shelf.group is None:
            return tr("paper.shelf.secretariat", clearance=clearance)
        return tr("paper.shelf.group", clearance=clearance, group=self.group_name(shelf.group))

    def shelf_options(self, tr: Translator) -> Sequence[tuple[Shelf, str]]:
        """Return the shelves with their words."""
        return [(shelf, self.shelf_words(tr, shelf)) for shelf in self.shelves]


def shelf_means(tr: Translator, shelf: Shelf) -> str:
    """Return in a sentence who reads what lies on a shelf."""
    if shelf.group is not None:
        return tr("paper.shelf.means.group")
    return tr(f"library.clearance.means.{shelf.clearance}")


def type_options(tr: Translator) -> Sequence[tuple[PaperType, str]]:
    """Return the types of papers with their words."""
    return [(each, tr(f"paper.type.{each}")) for each in PaperType]


def agenda_of(items: Iterable[Item], papers: Iterable[Paper]) -> tuple[str, ...]:
    """Return the agenda items to choose from, each once.

    Those of the programme come first, in the order of time, breaks left out; then what was
    typed for other papers.
    """
    planned = (item.title for item in items if item.kind is not ItemKind.BREAK)
    typed = sorted({paper.agenda for paper in papers if paper.agenda})
    return tuple(dict.fromkeys((*planned, *typed)))
