"""Small polls as the steps of their ledgers, to be changed as an attacker would and bundled.

An attacker here is as strong as can be: it holds the key of the congress, chains every hash
anew and signs again. What stops it is what the verifier checks, not that it forgot a hash.
"""

import copy
import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from congress.kernel.canonical import decode_bytes, encode, encode_bytes
from congress.kernel.ids import PollId
from congress.kernel.signing import Signer
from congress.voting.codec import plan_to_json
from congress.voting.crypto import ballots, tally
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.ceremony import Ceremony, TrusteeShare
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.group import base, required
from congress.voting.layouts import layouts_of
from congress.voting.model import Candidate, Channel, Contest, Kind, Method, Plan, Secrecy
from congress.voting.rules import packs
from tests.helpers.trustees import board

SIGNER = Signer(bytes(range(32)))
SESSION = "session-1"
Step = tuple[str, Any]

LIST = Contest(
    "committee",
    "Committee",
    Method.STRIKE_OUT,
    2,
    tuple(Candidate(f"c{n}", name) for n, name in enumerate(("An", "Bình", "Chi"), start=1)),
)
VOTES = ("110", "110", "110", "101", "011", "000")
"""Names kept on each ballot; the last one keeps none."""
COUNT = {"contest": "committee", "cast": 6, "blank": 0, "invalid": 1}
CELLS = {"c1": 4, "c2": 4, "c3": 2}
VERDICT = {
    "contest": "committee",
    "outcome": "filled",
    "base": 7,
    "needed": 4,
    "elected": ["c1", "c2"],
    "vacant": 0,
    "tied": [],
}


@dataclass
class Script:
    """A ledger as the steps that it records.

    Attributes:
        steps: Type and payload of every entry.
        election_id: The poll.
        sealed: Whether the certificate is written anew for what stands before it.
        edit: Changes the lines once they are chained.
    """

    steps: list[Step]
    election_id: str = "poll-1"
    sealed: bool = True
    edit: Callable[[list[bytes]], list[bytes]] = field(default=lambda lines: lines)

    def copy(self) -> "Script":
        return copy.deepcopy(self)

    def payload(self, kind: str, number: int = 0) -> Any:
        return [payload for name, payload in self.steps if name == kind][number]

    def place(self, kind: str, number: int = 0) -> int:
        return [place for place, (name, _) in enumerate(self.steps) if name == kind][number]

    def replace(self, kind: str, payload: Any, number: int = 0) -> None:
        self.steps[self.place(kind, number)] = (kind, payload)

    def remove(self, kind: str, number: int = 0) -> None:
        del self.steps[self.place(kind, number)]

    def insert(self, before: str, kind: str, payload: Any) -> None:
        self.steps.insert(self.place(before), (kind, payload))

    def ballots(self) -> list[bytes]:
        return [decode_bytes(item["ballot"]) for name, item in self.steps if name == "ballot"]

    def put_ballots(self, found: Sequence[bytes]) -> None:
        """Put other ballots in the place of those that were cast, sorted, and tell so."""
        place = self.place("ballot")
        self.steps = [step for step in self.steps if step[0] != "ballot"]
        payloads = sorted(({"ballot": encode_bytes(item)} for item in found), key=hash_of)
        self.steps[place:place] = [("ballot", payload) for payload in payloads]
        self.payload("close")["ballots"] = len(found)

    def lines(self) -> list[bytes]:
        """Return the lines of the ledger, every hash as it must be."""
        lines: list[bytes] = []
        for kind, payload in self.steps:
            if kind == "certificate" and self.sealed:
                payload = self.certified(payload, lines)
            lines.append(following(lines, self.election_id, kind, payload))
        return lines

    def certified(self, payload: Any, lines: Sequence[bytes]) -> dict[str, Any]:
        first, last = json.loads(lines[0]), json.loads(lines[-1])
        body = {
            **payload["body"],
            "head": last["hash"],
            "entries": len(lines),
            "manifest": first["payload_hash"],
        }
        return {
            "body": body,
            "public_key": encode_bytes(SIGNER.public_key),
            "signature": encode_bytes(SIGNER.sign("certificate", body)),
        }

    def write(self, path: Path, *, hints: bytes | None = None) -> Path:
        lines = self.edit(self.lines())
        last = json.loads(lines[-1])
        index = {
            "format": "paperless-congress-bundle",
            "v": 1,
            "election_id": self.election_id,
            "suite": self.payload("manifest")["suite"],
            "entries": len(lines),
            "head": last["hash"],
        }
        return write_zip(path, index, b"".join(line + b"\n" for line in lines), hints)


def following(lines: Sequence[bytes], election_id: str, kind: str, payload: Any) -> bytes:
    """Return the line that comes after others, of any type."""
    before: dict[str, Any] = {"seq": 0, "hash": encode_bytes(bytes(32))}
    if lines:
        before = json.loads(lines[-1])
    fields = {
        "v": 1,
        "election_id": election_id,
        "seq": before["seq"] + 1,
        "type": kind,
        "payload_hash": hash_of(payload),
        "prev": before["hash"],
    }
    sealed = hashlib.sha256(b"paperless-congress/ledger/1\0" + encode(fields)).digest()
    return encode({**fields, "hash": sealed, "payload": payload})


def write_zip(path: Path, index: dict[str, Any], text: bytes, hints: bytes | None = None) -> Path:
    files = {"ledger.jsonl": hashlib.sha256(text).digest()}
    if hints is not None:
        files["hints.bin"] = hashlib.sha256(hints).digest()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bundle.json", encode({**index, "files": files}))
        archive.writestr("ledger.jsonl", text)
        if hints is not None:
            archive.writestr("hints.bin", hints)
        archive.writestr("README.txt", "congress verify BUNDLE\n")
    return path


def hash_of(payload: Any) -> bytes:
    return hashlib.sha256(encode(payload)).digest()


def secret_of(number: int) -> int:
    return int.from_bytes(hashlib.sha256(b"card %d" % number).digest(), "big") % 2**255


def credential(number: int) -> bytes:
    return required(base(secret_of(number))).encode()


def _values(marks: str) -> list[int]:
    chosen = [int(mark) for mark in marks]
    return [*chosen, int(not any(chosen))]


def list_manifest(
    plan: Plan, pack_id: str = "party-congress", suite: str = SUITE, minimum: int = 3
) -> dict[str, Any]:
    pack = packs.shipped()[pack_id]
    rule = pack.rule(plan.rule_id)
    assert rule is not None
    encrypted = suite == SUITE
    return {
        "format": 2,
        "plan": plan_to_json(plan),
        "pack": pack.text,
        "suite": suite,
        "public_key": encode_bytes(SIGNER.public_key),
        "layouts": [item.to_json() for item in layouts_of(plan, rule)] if encrypted else [],
        "minimum": minimum,
    }


def list_plan(channel: Channel = Channel.ELECTRONIC, round_: int = 1) -> Plan:
    return Plan(
        "Committee",
        Kind.ELECTION,
        Secrecy.SECRET,
        "party-congress",
        "election",
        (LIST,),
        round=round_,
        channel=channel,
    )


def context_of(script: Script, ceremony: Ceremony | None = None) -> Context:
    manifest_hash = hash_of(script.payload("manifest"))
    return Context(SUITE, PollId(script.election_id), manifest_hash, ceremony or board()[0])


def layouts_of_list() -> tuple[Any, ...]:
    rule = packs.shipped()["party-congress"].rule("election")
    assert rule is not None
    return layouts_of(list_plan(), rule)


def make_ballot(
    context: Context, marks: str, card: int, values: Sequence[int] | None = None
) -> ballots.Encrypted:
    return ballots.encrypt(
        context, layouts_of_list(), [list(values or _values(marks))], secret_of(card)
    )


@cache
def _electronic(election_id: str, round_: int) -> Script:
    """Return a strike-out election: six of eight cards cast, one void, one ballot challenged."""
    ceremony, shares = board()
    script = Script([("manifest", list_manifest(list_plan(round_=round_)))], election_id)
    context = context_of(script)
    cards = sorted(credential(number) for number in range(8))
    cast = [make_ballot(context, marks, card).ballot for card, marks in enumerate(VOTES)]
    challenged = make_ballot(context, "101", 0)
    script.steps += [
        ("trustees", {"ceremony": ceremony.to_json(), "joint_key": ceremony.joint_key.encode()}),
        ("credentials", {"credentials": cards}),
        ("open", {"roll": figures(7, 8), "approved_by": ["chair", "teller"]}),
        ("checkpoint", {}),
        (
            "challenge",
            {"ballot": challenged.ballot, "opening": challenged.opening.to_json()},
        ),
        ("suspend", {}),
        ("credentials_void", {"credentials": [credential(7)]}),
        ("resume", {}),
        ("ballot", {"ballot": ""}),
        ("close", {"ballots": 0, "approved_by": ["chair", "teller"]}),
    ]
    script.steps = json.loads(encode(script.steps))
    script.put_ballots(cast)
    retally(script, context, shares[:2])
    script.steps += [("result", result_of([{**COUNT, "cells": CELLS}], 8, 6, 1, drawn=7))]
    script.steps.append(("certificate", {"body": body_of(script, [VERDICT], 1)}))
    return script


def electronic(election_id: str = "poll-1", round_: int = 1) -> Script:
    """Return a good electronic election to be changed."""
    return _electronic(election_id, round_).copy()


def retally(script: Script, context: Context, shares: Sequence[TrusteeShare]) -> None:
    """Put the tally of the ballots that stand there, and the trustees' parts, on the ledger."""
    script.steps = [item for item in script.steps if item[0] not in ("encrypted_tally", "partial")]
    sums = tally.sums(layouts_of_list(), script.ballots())
    parts = [("partial", tally.partial_of(context, sums, share).to_json()) for share in shares]
    steps: list[Step] = [("encrypted_tally", sums.to_json()), *parts]
    place = script.place("close") + 1
    script.steps[place:place] = json.loads(encode(steps))


def figures(present: int, summoned: int) -> dict[str, Any]:
    return {
        "session": SESSION,
        "present": present,
        "summoned": summoned,
        "absent_throughout": 1,
        "conveners_absent_throughout": 0,
        "adjusted": summoned - 1,
    }


def result_of(
    counts: list[dict[str, Any]], issued: int, cast: int, spoiled: int, *, drawn: int
) -> dict[str, Any]:
    return {
        "counts": counts,
        "entitled": drawn,
        "reconciliation": {
            "issued": issued,
            "drawn": drawn,
            "cast": cast,
            "marked": cast,
            "spoiled": spoiled,
            "unused": issued - cast - spoiled,
        },
    }


def body_of(script: Script, verdicts: list[dict[str, Any]], number: int) -> dict[str, Any]:
    manifest, result = script.payload("manifest"), script.payload("result")
    return {
        "v": 1,
        "poll": script.election_id,
        "number": number,
        "title": manifest["plan"]["title"],
        "manifest": "",
        "suite": manifest["suite"],
        "head": "",
        "entries": 0,
        "roll": script.payload("open")["roll"],
        "reconciliation": result["reconciliation"],
        "counts": result["counts"],
        "verdicts": verdicts,
        "certified_at": "2026-01-01T10:00:00+00:00",
        "approved_by": ["chair", "teller"],
    }


def hints_of(script: Script) -> bytes:
    found: list[bytes] = []
    bad = verify_many(
        context_of(script),
        layouts_of_list(),
        script.ballots(),
        workers=1,
        hints=lambda _, data: found.append(data),
    )
    assert not bad
    return b"".join(found)
