"""Slips: ballot papers taken from the box, and how what stands on one is settled.

A slip gets its number when it is taken from the box and put on the pile, never before: the
number says nothing about who cast it. Nobody's reading of a slip is believed alone. What a
scanner reads plainly stands, and is checked by a sample; whatever it is not sure of, and every
slip that is typed in, is read by two people who do not see each other's answer. Where they
differ a third decides.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from congress.kernel.canonical import Json, encode
from congress.kernel.ids import MemberId
from congress.voting.ballots import to_bits
from congress.voting.methods.counting import count
from congress.voting.model import Ballot, Contest, Plan
from congress.voting.outcome import Count
from congress.voting.rules.model import Rule


class Reader(StrEnum):
    """Whose reading of a slip an answer is.

    ``CHECK`` reads again what is settled already, in a sample or a full recount.
    """

    SCANNER = "scanner"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody read on a slip.

    Attributes:
        ballot: The marks.
        rejected: Whether the slip is invalid whatever its marks: not issued by the committee,
            signed, or written on.
    """

    ballot: Ballot
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer, and whose it is.

    Attributes:
        reader: In which turn it was read.
        member: Who read it; ``None`` for the scanner.
        answer: What was read.
        doubts: ``(contest, cell)`` of which the scanner is not sure.
        stray: Whether the scanner saw ink where nothing belongs.
    """

    reader: Reader
    member: MemberId | None
    answer: Answer
    doubts: tuple[tuple[int, str], ...] = ()
    stray: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing on the slip was doubtful."""
        return not self.doubts and not self.stray


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of the pile.

    Attributes:
        number: Its place in the pile, from 1.
        opinions: What was read, in the order of ``Reader``.
    """

    number: int
    opinions: tuple[Opinion, ...] = ()

    def of(self, reader: Reader) -> Opinion | None:
        """Return what was read in a turn, if it was."""
        return next((item for item in self.opinions if item.reader is reader), None)

    def read_by(self, opinion: Opinion) -> "Slip":
        """Return the slip with one more opinion."""
        kept = [item for item in self.opinions if item.reader is not opinion.reader]
        order = list(Reader)
        opinions = sorted((*kept, opinion), key=lambda item: order.index(item.reader))
        return replace(self, opinions=tuple(opinions))

    @property
    def settled(self) -> Answer | None:
        """What counts, or ``None`` while it is not settled."""
        scanner, first, second, third = map(
            self.of, (Reader.SCANNER, Reader.FIRST, Reader.SECOND, Reader.THIRD)
        )
        if third is not None:
            return third.answer
        if first is not None and second is not None:
            return first.answer if first.answer == second.answer else None
        if first is None and second is None and scanner is not None and scanner.plain:
            return scanner.answer
        return None

    @property
    def turn(self) -> Reader | None:
        """Whose reading is needed next, or ``None`` once it is settled."""
        if self.settled is not None:
            return None
        for reader in (Reader.FIRST, Reader.SECOND):
            if self.of(reader) is None:
                return reader
        return Reader.THIRD

    def turn_of(self, member: MemberId) -> Reader | None:
        """Return the turn in which ``member`` may read this slip now, or ``None``.

        Nobody reads a slip twice, whether as a second or as a third.
        """
        read = any(item.member == member for item in self.opinions)
        return None if read else self.turn

    @property
    def checked(self) -> bool | None:
        """Whether the check agrees with what is settled; ``None`` if there was none."""
        check = self.of(Reader.CHECK)
        return None if check is None else check.answer == self.settled


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pile is read.

    Attributes:
        slips: Slips on the pile.
        settled: Settled ones.
        doubtful: Slips the scanner was not sure of and nobody has settled yet.
        first: Slips that wait for a first reading.
        second: Slips that wait for a second one.
        third: Slips of which two readings differ.
        checked: Settled slips that were read again.
        differing: Those among them whose check differs.
    """

    slips: int
    settled: int
    doubtful: int
    first: int
    second: int
    third: int
    checked: int
    differing: int


def progress(slips: Iterable[Slip]) -> Progress:
    """Return how far a pile is read."""
    pile = tuple(slips)
    turns = [slip.turn for slip in pile]
    return Progress(
        slips=len(pile),
        settled=turns.count(None),
        doubtful=sum(
            slip.turn is not None and slip.of(Reader.SCANNER) is not None for slip in pile
        ),
        first=turns.count(Reader.FIRST),
        second=turns.count(Reader.SECOND),
        third=turns.count(Reader.THIRD),
        checked=sum(slip.checked is not None for slip in pile),
        differing=sum(slip.checked is False for slip in pile),
    )


def counted(plan: Plan, rule: Rule, answers: Sequence[Answer]) -> tuple[Count, ...]:
    """Return the totals of every contest over the settled slips.

    A rejected slip is an invalid ballot in every contest.
    """
    good = [answer.ballot for answer in answers if not answer.rejected]
    rejected = len(answers) - len(good)
    return tuple(
        _with_rejected(contest, rule, [ballot.marks[at] for ballot in good], rejected)
        for at, contest in enumerate(plan.contests)
    )


def _with_rejected(
    contest: Contest, rule: Rule, marks: Sequence[frozenset[str]], rejected: int
) -> Count:
    total = count(contest, rule, marks)
    return replace(total, cast=total.cast + rejected, invalid=total.invalid + rejected)


def record(plan: Plan, slips: Iterable[Slip]) -> Json:
    """Return the record of a pile: every slip with every opinion, by number.

    Its SHA-256 stands on the ledger, so that the record can be held against it later.
    """
    return [
        {
            "number": slip.number,
            "opinions": [
                {
                    "reader": item.reader.value,
                    "member": item.member,
                    "bits": to_bits(plan.contests, item.answer.ballot),
                    "rejected": item.answer.rejected,
                    "doubts": [list(doubt) for doubt in item.doubts],
                    "stray": item.stray,
                }
                for item in slip.opinions
            ],
        }
        for slip in slips
    ]


def sample(pile: int, size: int, seed: str) -> tuple[int, ...]:
    """Return which slips to read again, sorted.

    Anyone can compute it: the slips are ordered by SHA-256 of the seed and their number, and
    the first ``size`` are taken. The seed is made in the hall, with dice for instance, after
    the pile is read: nobody can foresee which slips will be checked.

    Args:
        pile: How many slips there are, numbered from 1.
        size: How many to check; all of them if more than there are.
        seed: What the hall threw.
    """

    def place(number: int) -> bytes:
        return hashlib.sha256(encode(["slip-sample", seed, number])).digest()

    return tuple(sorted(sorted(range(1, pile + 1), key=place)[: max(0, size)]))
