"""What a poll's ledger says: pure reading, so that a result is a function of its ledger."""

from collections.abc import Sequence
from typing import Any

from congress.kernel.canonical import decode_bytes
from congress.kernel.ids import PersonId
from congress.voting.ballots import from_bits
from congress.voting.codec import (
    count_from_json,
    decision_from_json,
    reconciliation_from_json,
)
from congress.voting.electors import electorate_from_json
from congress.voting.ledger import Entry, EntryType
from congress.voting.methods.counting import Stake
from congress.voting.model import Plan, Poll, Secrecy
from congress.voting.outcome import Certificate, Count, NamedVote, Result
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Rule


def payload_of(entries: Sequence[Entry], kind: EntryType) -> Any:
    """Return the payload of the first entry of this type, which must be there."""
    return next(entry.payload for entry in entries if entry.type is kind)


def ballot_hashes(entries: Sequence[Entry]) -> list[bytes]:
    """Return the hash of every ballot on the ledger, in its order."""
    return [entry.payload_hash for entry in entries if entry.type is EntryType.BALLOT]


def paper_counts(entries: Sequence[Entry]) -> tuple[Count, ...]:
    """Return the totals of the ballots on paper by contest; none where there are no slips."""
    payloads = _payloads(entries, EntryType.PAPER_COUNT)
    return tuple(count_from_json(total) for payload in payloads for total in payload["counts"])


def named_votes(plan: Plan, entries: Sequence[Entry]) -> tuple[NamedVote, ...]:
    """Return who voted how in an open poll, by badge number."""
    votes = [
        NamedVote(
            payload["badge"],
            PersonId(payload["person"]),
            from_bits(plan.contests, payload["bits"]),
        )
        for payload in _payloads(entries, EntryType.BALLOT)
    ]
    return tuple(sorted(votes, key=lambda vote: vote.badge))


def stakes(entries: Sequence[Entry], votes: Sequence[NamedVote]) -> list[Stake]:
    """Return what stands behind each vote of an open poll."""
    voters = electorate_from_json(payload_of(entries, EntryType.OPEN))
    electors = {elector.person: elector for elector in voters.electors}
    return [
        Stake(electors[vote.person_id].weight, electors[vote.person_id].section) for vote in votes
    ]


def result(poll: Poll, rule: Rule, entries: Sequence[Entry]) -> Result:
    """Return the result of a tallied poll: totals from the ledger, verdicts by the rule."""
    totals = payload_of(entries, EntryType.RESULT)
    counts = tuple(count_from_json(total) for total in totals["counts"])
    decisions = [
        decision_from_json(payload) for payload in _payloads(entries, EntryType.TIE_DECISION)
    ]
    voters = electorate_from_json(payload_of(entries, EntryType.OPEN))
    return Result(
        poll=poll,
        counts=counts,
        verdicts=tuple(
            decide(
                contest,
                rule,
                total,
                poll.frozen_roll,
                totals["entitled"],
                [item for item in decisions if item.contest_id == contest.id],
                voters.weights,
            )
            for contest, total in zip(poll.plan.contests, counts, strict=True)
        ),
        reconciliation=reconciliation_from_json(totals["reconciliation"]),
        votes=() if poll.plan.secrecy is Secrecy.SECRET else named_votes(poll.plan, entries),
        certificate=_certificate(entries),
        head=entries[-1].hash,
        entries=len(entries),
        electorate=voters,
    )


def _payloads(entries: Sequence[Entry], kind: EntryType) -> list[Any]:
    return [entry.payload for entry in entries if entry.type is kind]


def _certificate(entries: Sequence[Entry]) -> Certificate | None:
    if entries[-1].type is not EntryType.CERTIFICATE:
        return None
    payload = payload_of(entries, EntryType.CERTIFICATE)
    return Certificate(
        payload["body"], decode_bytes(payload["public_key"]), decode_bytes(payload["signature"])
    )
