"""Plans, roll calls and counts as canonical JSON and back, for the manifest and the ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from congress.kernel.canonical import Json
from congress.kernel.ids import PersonId, PollId, SessionId
from congress.kernel.roll import Roll
from congress.voting.model import Candidate, Channel, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import Count, Reconciliation, Verdict


def plan_to_json(plan: Plan) -> dict[str, Json]:
    """Return ``plan`` as JSON."""
    return {
        "title": plan.title,
        "kind": plan.kind.value,
        "secrecy": plan.secrecy.value,
        "channel": plan.channel.value,
        "pack": plan.pack_id,
        "rule": plan.rule_id,
        "text": plan.text,
        "round": plan.round,
        "follows": plan.follows,
        "sections": dict(plan.sections),
        "contests": [_contest_to_json(contest) for contest in plan.contests],
    }


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """Return the plan that ``plan_to_json`` wrote.

    Vaults hold plans from before there were channels, sections and numbers of choices.
    """
    return Plan(
        title=value["title"],
        kind=Kind(value["kind"]),
        secrecy=Secrecy(value["secrecy"]),
        pack_id=value["pack"],
        rule_id=value["rule"],
        contests=tuple(_contest_from_json(contest) for contest in value["contests"]),
        text=value["text"],
        round=value["round"],
        follows=None if value["follows"] is None else PollId(value["follows"]),
        channel=Channel(value.get("channel", Channel.ELECTRONIC)),
        sections=dict(value.get("sections", {})),
    )


def _contest_to_json(contest: Contest) -> Json:
    return {
        "id": contest.id,
        "title": contest.title,
        "method": contest.method.value,
        "seats": contest.seats,
        "choices": contest.choices,
        "surplus_limit": contest.surplus_limit,
        "again": contest.again,
        "candidates": [
            {
                "id": candidate.id,
                "name": candidate.name,
                "note": candidate.note,
                "person": candidate.person_id,
                "born": None if candidate.born is None else candidate.born.isoformat(),
            }
            for candidate in contest.candidates
        ],
    }


def _contest_from_json(value: Mapping[str, Any]) -> Contest:
    return Contest(
        id=value["id"],
        title=value["title"],
        method=Method(value["method"]),
        seats=value["seats"],
        candidates=tuple(
            Candidate(
                id=item["id"],
                name=item["name"],
                note=item["note"],
                person_id=None if item["person"] is None else PersonId(item["person"]),
                born=None if item["born"] is None else date.fromisoformat(item["born"]),
            )
            for item in value["candidates"]
        ),
        surplus_limit=value["surplus_limit"],
        again=value["again"],
        choices=value.get("choices", 0),
    )


def roll_to_json(roll: Roll) -> dict[str, Json]:
    """Return ``roll`` as JSON, the persons sorted."""
    return {
        "session": roll.session_id,
        "taken_at": roll.taken_at.isoformat(),
        "summoned": roll.summoned,
        "absent_throughout": roll.absent_throughout,
        "conveners_absent_throughout": roll.conveners_absent_throughout,
        "present": [
            [person, str(roll.weights[person]), roll.sections[person]]
            for person in sorted(roll.present)
        ],
    }


def roll_from_json(value: Mapping[str, Any]) -> Roll:
    """Return the roll call that ``roll_to_json`` wrote."""
    present = [(PersonId(person), weight, section) for person, weight, section in value["present"]]
    return Roll(
        session_id=SessionId(value["session"]),
        taken_at=datetime.fromisoformat(value["taken_at"]),
        summoned=value["summoned"],
        present=frozenset(person for person, _, _ in present),
        absent_throughout=value["absent_throughout"],
        conveners_absent_throughout=value["conveners_absent_throughout"],
        weights={person: Fraction(weight) for person, weight, _ in present},
        sections={person: section for person, _, section in present},
    )


def roll_figures(roll: Roll) -> dict[str, Json]:
    """Return what the ledger publishes of a roll call: figures, without persons or time."""
    return {
        "session": roll.session_id,
        "present": len(roll.present),
        "summoned": roll.summoned,
        "absent_throughout": roll.absent_throughout,
        "conveners_absent_throughout": roll.conveners_absent_throughout,
        "adjusted": roll.adjusted,
    }


def count_to_json(count: Count) -> dict[str, Json]:
    """Return ``count`` as JSON."""
    return {
        "contest": count.contest_id,
        "cast": count.cast,
        "blank": count.blank,
        "invalid": count.invalid,
        "cells": dict(count.cells),
    }


def count_from_json(value: Mapping[str, Any]) -> Count:
    """Return the count that ``count_to_json`` wrote."""
    return Count(
        value["contest"], value["cast"], value["blank"], value["invalid"], dict(value["cells"])
    )


def reconciliation_to_json(figures: Reconciliation) -> dict[str, Json]:
    """Return ``figures`` as JSON."""
    return {
        "issued": figures.issued,
        "drawn": figures.drawn,
        "cast": figures.cast,
        "marked": figures.marked,
        "spoiled": figures.spoiled,
        "unused": figures.unused,
    }


def reconciliation_from_json(value: Mapping[str, Any]) -> Reconciliation:
    """Return the figures that ``reconciliation_to_json`` wrote."""
    return Reconciliation(**value)


def verdict_to_json(verdict: Verdict) -> dict[str, Json]:
    """Return what a certificate says of a verdict; its arithmetic follows from the count."""
    return {
        "contest": verdict.contest_id,
        "outcome": verdict.outcome.value,
        "base": verdict.base,
        "needed": verdict.needed,
        "elected": verdict.elected,
        "vacant": verdict.vacant,
        "tied": () if verdict.tie is None else verdict.tie.candidates,
    }
