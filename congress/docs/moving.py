"""Moves papers from shelf to shelf, every version sealed anew under a fresh key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from congress.docs import version_store
from congress.docs.amendments import store as amendments_store
from congress.docs.model import Paper, PaperChanged
from congress.docs.shelves import Arrival, Shelves
from congress.kernel.ids import PaperId
from congress.kernel.roles import Shelf

_PIECE = 1024 * 1024


def move(shelves: Shelves, before: Paper, shelf: Shelf, now: datetime) -> Paper:
    """Move a paper with its versions and amendments to another shelf; return it as it is now.

    It is written whole to the new shelf before it leaves the old one: a crash in between
    leaves it on both, and ``mend`` finishes the move. Notes that groups share on it are taken
    back where not all of the group may read it any more.

    Raises:
        RefusedError: ``clearance.not_held``.
        InputError: ``docs.unknown_paper`` or ``docs.blob_damaged``.
        EnvironmentFault: ``disk.full`` or ``disk.failed``.
    """
    after = replace(before, clearance=shelf.clearance, group=shelf.group, updated_at=now)
    event = PaperChanged(before.id)
    with shelves.database(before.shelf).reading() as connection:
        amendments = amendments_store.of_paper(connection, before.id)
    shelves.put(
        after,
        _versions(shelves, before),
        "paper.moved_in",
        event,
        also=lambda uow: amendments_store.add(uow.connection, amendments),
    )
    shelves.withdraw_notes(before.id, after.shelf)
    shelves.take_out(before, "paper.moved_out")
    return after


def _versions(shelves: Shelves, paper: Paper) -> Iterator[Arrival]:
    """Give the versions of a paper, the oldest first, one open at a time."""
    with shelves.database(paper.shelf).reading() as connection:
        versions = version_store.versions(connection, paper.id)
    for version in reversed(versions):
        with shelves.database(paper.shelf).reading() as connection:
            text = version_store.extract_of(connection, version.id)
        place = shelves.place(paper, version.id)
        with shelves.reader(paper, place) as reader:
            pieces = iter(lambda: reader.read(_PIECE), b"")
            yield Arrival(version, text, place.sha256, pieces, place.rendition)


def mend(shelves: Shelves) -> int:
    """Finish moves that a crash cut short; return how many.

    Such a paper stands on two shelves. It stays on the stricter one; of two that are as strict,
    on the one it was moved to.
    """
    staying: dict[PaperId, Paper] = {}
    for paper in shelves.everything():
        other = staying.get(paper.id)
        if other is None or _strictness(paper) > _strictness(other):
            staying[paper.id] = paper
    weaker = [each for each in shelves.everything() if each.shelf != staying[each.id].shelf]
    for paper in weaker:
        shelves.withdraw_notes(paper.id, staying[paper.id].shelf)
        shelves.take_out(paper, "paper.moved_out")
    return len(weaker)


def _strictness(paper: Paper) -> tuple[Shelf, datetime]:
    return Shelf(paper.clearance), paper.updated_at
