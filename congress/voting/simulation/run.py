"""Holds a simulated poll from the key ceremony to the certificate."""

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from congress.kernel.canonical import decode, encode
from congress.kernel.ids import PersonId, PollId, SessionId, new_id
from congress.kernel.progress import Progress
from congress.kernel.roll import Roll
from congress.kernel.signing import Signer
from congress.voting import ledger
from congress.voting.codec import (
    count_to_json,
    decision_to_json,
    plan_to_json,
    reconciliation_to_json,
    roll_figures,
    verdict_to_json,
)
from congress.voting.crypto import tally
from congress.voting.crypto.ceremony import TrusteeShare
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.rehearsal import hold
from congress.voting.election import FORMAT
from congress.voting.layouts import count_of, layout_of
from congress.voting.ledger import Entry, EntryType, Head
from congress.voting.outcome import Count, Reconciliation, TieDecision, Verdict
from congress.voting.rules.decide import decide
from congress.voting.simulation.box import Box, opinions, vote
from congress.voting.simulation.scenario import Scenario

COMMITTEE = ("member-1", "member-2")
"""The two who open, close and certify."""
FEWEST = 1
"""A simulated poll is decrypted however few its ballots are."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of a simulated poll.

    Attributes:
        entries: The whole ledger, with all payloads.
        counts: By contest.
        verdicts: By contest.
        ballot_bytes: Length of every ballot.
        seconds: How long each step took.
    """

    entries: tuple[Entry, ...]
    counts: tuple[Count, ...]
    verdicts: tuple[Verdict, ...]
    ballot_bytes: int
    seconds: dict[str, float]


def simulate(
    scenario: Scenario,
    cast: int,
    *,
    seed: int,
    now: datetime,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Simulated:
    """Hold a whole secret poll.

    Args:
        scenario: What is voted on, by which rule, and who the trustees are.
        cast: How many ballots are cast, at least one.
        seed: Of the voters' choices; keys and encryption are random all the same.
        now: What the certificate is dated.
        workers: Processes; by default one for each processor.
        progress: Told how many ballots are encrypted; may cancel.

    Raises:
        InputError: ``voting.bad_ceremony`` if the trustees can hold no ceremony.
        Cancelled: The person cancelled.
    """
    watch, signer = Stopwatch(), Signer(secrets.token_bytes(32))
    book = Book(PollId(new_id()))
    with watch.step("ceremony"):
        ceremony, shares = hold(scenario.trustees, scenario.threshold)
    layouts = tuple(layout_of(contest, scenario.rule) for contest in scenario.plan.contests)
    manifest = book.append(EntryType.MANIFEST, _manifest(scenario, layouts, signer))
    context = Context(SUITE, manifest.election_id, manifest.payload_hash, ceremony)
    book.append(
        EntryType.TRUSTEES,
        {"ceremony": ceremony.to_json(), "joint_key": context.joint_key.encode()},
    )
    with watch.step("vote"):
        box = vote(context, layouts, opinions(scenario, layouts, cast, seed), workers, progress)
    roll = _roll(scenario, cast)
    _record(book, context, layouts, box, roll)
    with watch.step("sum"):
        sums = tally.sums(layouts, box.ballots)
        book.append(EntryType.ENCRYPTED_TALLY, sums.to_json())
    with watch.step("decrypt"):
        totals = _decrypt(book, context, sums, shares[: scenario.threshold])
    counts = tuple(
        count_of(layout, cells, cast) for layout, cells in zip(layouts, totals, strict=True)
    )
    book.append(
        EntryType.RESULT,
        {
            "counts": [count_to_json(count) for count in counts],
            "entitled": cast,
            "reconciliation": reconciliation_to_json(box.figures),
        },
    )
    verdicts = _settle(book, scenario, counts, roll)
    _certify(book, scenario, (counts, verdicts, box.figures), roll, signer, now)
    return Simulated(tuple(book.entries), counts, verdicts, len(box.ballots[0]), watch.seconds)


class Book:
    """A ledger that is being written."""

    def __init__(self, poll_id: PollId) -> None:
        """Begin the ledger of a poll."""
        self._poll_id = poll_id
        self.entries: list[Entry] = []

    def append(self, kind: EntryType, payload: object) -> Entry:
        """Append what ``payload`` is as canonical JSON, and return the entry."""
        head = Head(len(self.entries), self.entries[-1].hash) if self.entries else Head()
        entry = ledger.following(head, self._poll_id, kind, decode(encode(payload)))
        self.entries.append(entry)
        return entry


class Stopwatch:
    """How long each step took, in seconds."""

    def __init__(self) -> None:
        """Begin without any."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def _manifest(scenario: Scenario, layouts: Sequence[Layout], signer: Signer) -> dict[str, object]:
    return {
        "format": FORMAT,
        "plan": plan_to_json(scenario.plan),
        "pack": scenario.pack.text,
        "suite": SUITE,
        "public_key": signer.public_key,
        "layouts": [layout.to_json() for layout in layouts],
        "minimum": FEWEST,
    }


def _roll(scenario: Scenario, cast: int) -> Roll:
    present = frozenset(PersonId(f"person-{number}") for number in range(cast))
    return Roll(
        session_id=SessionId(new_id()),
        taken_at=datetime.min.replace(tzinfo=UTC),
        summoned=max(scenario.summoned, cast),
        present=present,
        absent_throughout=0,
        conveners_absent_throughout=0,
        weights=dict.fromkeys(present, Fraction(1)),
        sections=dict.fromkeys(present, ""),
    )


def _record(book: Book, context: Context, layouts: Sequence[Layout], box: Box, roll: Roll) -> None:
    """Write the ledger from the cards to the close."""
    book.append(EntryType.CREDENTIALS, {"credentials": box.issued})
    book.append(EntryType.OPEN, {"roll": roll_figures(roll), "approved_by": COMMITTEE})
    book.append(
        EntryType.CHALLENGE,
        {"ballot": box.challenged.ballot, "opening": box.challenged.opening.to_json()},
    )
    book.append(EntryType.CREDENTIALS_VOID, {"credentials": sorted(box.spoiled)})
    book.append(EntryType.CHECKPOINT, {"ballots": len(box.ballots)})
    payloads = [decode(encode({"ballot": ballot})) for ballot in box.ballots]
    for payload in sorted(payloads, key=ledger.payload_hash):
        book.append(EntryType.BALLOT, payload)
    book.append(EntryType.CLOSE, {"ballots": len(box.ballots), "approved_by": COMMITTEE})


def _decrypt(
    book: Book, context: Context, sums: tally.Sums, shares: Sequence[TrusteeShare]
) -> tuple[tuple[int, ...], ...]:
    partials = [tally.partial_of(context, sums, share) for share in shares]
    for part in partials:
        tally.check_partial(context, sums, part)
        book.append(EntryType.PARTIAL, part.to_json())
    return tally.combine(context, sums, partials, sums.ballots)


def _settle(
    book: Book, scenario: Scenario, counts: Sequence[Count], roll: Roll
) -> tuple[Verdict, ...]:
    """Return the verdicts; a tie that is the congress's to decide goes to the list's order."""
    verdicts = []
    for contest, count in zip(scenario.plan.contests, counts, strict=True):
        verdict = decide(contest, scenario.rule, count, roll, count.cast)
        if verdict.tie is not None and verdict.tie.by_decision:
            chosen = verdict.tie.candidates[: verdict.tie.seats]
            decision = TieDecision(contest.id, chosen, "-")
            book.append(EntryType.TIE_DECISION, decision_to_json(decision))
            verdict = decide(contest, scenario.rule, count, roll, count.cast, [decision])
        verdicts.append(verdict)
    return tuple(verdicts)


def _certify(
    book: Book,
    scenario: Scenario,
    outcome: tuple[Sequence[Count], Sequence[Verdict], Reconciliation],
    roll: Roll,
    signer: Signer,
    now: datetime,
) -> None:
    counts, verdicts, figures = outcome
    body = decode(
        encode(
            {
                "v": ledger.VERSION,
                "poll": book.entries[0].election_id,
                "number": 1,
                "title": scenario.plan.title,
                "manifest": book.entries[0].payload_hash,
                "suite": SUITE,
                "head": book.entries[-1].hash,
                "entries": len(book.entries),
                "roll": roll_figures(roll),
                "reconciliation": reconciliation_to_json(figures),
                "counts": [count_to_json(count) for count in counts],
                "verdicts": [verdict_to_json(verdict) for verdict in verdicts],
                "certified_at": now.isoformat(),
                "approved_by": COMMITTEE,
            }
        )
    )
    book.append(
        EntryType.CERTIFICATE,
        {
            "body": body,
            "public_key": signer.public_key,
            "signature": signer.sign("certificate", body),
        },
    )
