"""Plans, roll calls and counts as canonical JSON and back, for the manifest and the ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from congress.kernel.canonical import Json
from congress.kernel.ids import PersonId, PollId, SessionId
from congress.kernel.roll import Roll
from congress.voting.electors import number_to_json
from congress.voting.model import Candidate, Channel, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import Count, Reconciliation, SectionCount, TieDecision, Verdict
from congress.voting.stv.model import TieOver


def plan_to_json(plan: Plan, *, biographies: bool = False) -> dict[str, Json]:
    """Return ``plan`` as JSON.

    Args:
        plan: The plan.
        biographies: Whether those of the candidates are in it, as a vault keeps them; in the
            manifest they are not.
    """
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
        "contests": [_contest_to_json(contest, biographies) for contest in plan.contests],
    }


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """Return the plan that ``plan_to_json`` wrote.

    Vaults hold plans from before there were channels, sections, numbers of choices and
    biographies.
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


def _contest_to_json(contest: Contest, biographies: bool) -> Json:
    return {
        "id": contest.id,
        "title": contest.title,
        "method": contest.method.value,
        "seats": contest.seats,
        "choices": contest.choices,
        "surplus_limit": contest.surplus_limit,
        "again": contest.again,
        "candidates": [
            _candidate_to_json(candidate, biographies) for candidate in contest.candidates
        ],
    }


def _candidate_to_json(candidate: Candidate, biographies: bool) -> Json:
    value: dict[str, Json] = {
        "id": candidate.id,
        "name": candidate.name,
        "note": candidate.note,
        "person": candidate.person_id,
        "born": None if candidate.born is None else candidate.born.isoformat(),
    }
    if biographies and candidate.biography:
        value["biography"] = candidate.biography
    return value


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
                biography=item.get("biography", ""),
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
        "replaced": sorted(roll.replaced),
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
        replaced=frozenset(PersonId(person) for person in value.get("replaced", ())),
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
    """Return ``count`` as JSON; rankings and weights only where there are any."""
    value: dict[str, Json] = {
        "contest": count.contest_id,
        "cast": count.cast,
        "blank": count.blank,
        "invalid": count.invalid,
        "cells": dict(count.cells),
    }
    if count.piles:
        value["piles"] = [
            {"ranking": list(ranking), "ballots": ballots} for ranking, ballots in count.piles
        ]
    if count.weighted:
        value["weighted"] = [_weighted_to_json(item) for item in count.weighted]
    return value


def _weighted_to_json(count: SectionCount) -> dict[str, Json]:
    return {
        "section": count.section,
        "cast": number_to_json(count.cast),
        "blank": number_to_json(count.blank),
        "invalid": number_to_json(count.invalid),
        "cells": {cell: number_to_json(votes) for cell, votes in count.cells.items()},
    }


def count_from_json(value: Mapping[str, Any]) -> Count:
    """Return the count that ``count_to_json`` wrote."""
    return Count(
        value["contest"],
        value["cast"],
        value["blank"],
        value["invalid"],
        dict(value["cells"]),
        tuple((tuple(pile["ranking"]), pile["ballots"]) for pile in value.get("piles", ())),
        tuple(_weighted_from_json(item) for item in value.get("weighted", ())),
    )


def _weighted_from_json(value: Mapping[str, Any]) -> SectionCount:
    return SectionCount(
        value["section"],
        Fraction(value["cast"]),
        Fraction(value["blank"]),
        Fraction(value["invalid"]),
        {cell: Fraction(votes) for cell, votes in value["cells"].items()},
    )


def decision_to_json(decision: TieDecision) -> dict[str, Json]:
    """Return what the ledger records of a tie that was decided."""
    if decision.over is None:
        return {
            "contest": decision.contest_id,
            "elected": list(decision.chosen),
            "reason": decision.reason,
        }
    return {
        "contest": decision.contest_id,
        "over": decision.over.value,
        "chosen": decision.chosen[0],
        "reason": decision.reason,
    }


def decision_from_json(value: Mapping[str, Any]) -> TieDecision:
    """Return the decision that ``decision_to_json`` wrote."""
    if "over" not in value:
        return TieDecision(value["contest"], tuple(value["elected"]), value["reason"])
    return TieDecision(
        value["contest"], (value["chosen"],), value["reason"], TieOver(value["over"])
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
        "base": number_to_json(verdict.base),
        "needed": number_to_json(verdict.needed),
        "elected": verdict.elected,
        "vacant": verdict.vacant,
        "tied": () if verdict.tie is None else verdict.tie.candidates,
    }
