"""What another clearance of a paper changes, and what it cannot change any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from congress.docs.model import Paper
from congress.kernel.ids import MemberId
from congress.kernel.roles import Shelf
from congress.storage.audit import entries
from congress.storage.database import Database

OPENED = "paper.opened"
COPIED = "paper.copied"
PRINTED = "paper.printed"
_TOLD = (OPENED, COPIED, PRINTED)


@dataclass(frozen=True, slots=True)
class PastReader:
    """Somebody who knows what is in a paper already.

    Attributes:
        member_id: Who; may have been removed since.
        last: When they last opened it, aware, in UTC.
        copied: How often they copied from it.
        printed: How often they printed it.
    """

    member_id: MemberId
    last: datetime
    copied: int
    printed: int


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a move to another shelf means.

    Attributes:
        before: Where the paper lies.
        after: Where it would lie.
        narrower: Whether some who could read it would lose it. It is then sealed anew under a
            fresh key and its old blob and rows go; but copies of the folder, backups, packs and
            prints made until now keep the old.
        readers: Who opened it so far, as the audit of the member's files tells, last first.
    """

    before: Shelf
    after: Shelf
    narrower: bool
    readers: tuple[PastReader, ...]


def consequences(papers: Mapping[Shelf, Database], paper: Paper, after: Shelf) -> Consequences:
    """Return what moving ``paper`` to the shelf ``after`` would mean.

    Args:
        papers: The files whose audit is asked; a paper's earlier shelves too.
        paper: The paper.
        after: Where it would go.
    """
    found: dict[MemberId, PastReader] = {}
    for database in papers.values():
        with database.reading() as connection:
            told = list(entries(connection, actions=_TOLD, subject=paper.id))
        for entry in told:
            before = found.get(entry.member_id)
            found[entry.member_id] = PastReader(
                entry.member_id,
                max(entry.at, before.last) if before else entry.at,
                (before.copied if before else 0) + (entry.action == COPIED),
                (before.printed if before else 0) + (entry.action == PRINTED),
            )
    readers = sorted(found.values(), key=lambda each: (each.last, each.member_id), reverse=True)
    return Consequences(paper.shelf, after, _narrower(paper.shelf, after), tuple(readers))


def _narrower(before: Shelf, after: Shelf) -> bool:
    if before.clearance is after.clearance:
        # The secretariat reads what every group reads; a group does not.
        return before != after and before.group is not None
    return before < after
