"""Good bundles of open polls and of slips on paper, and attacks on them."""

import json
from collections.abc import Callable
from typing import Any

from congress.kernel.canonical import encode, encode_bytes
from congress.voting.model import Channel, Kind, Plan, Secrecy
from congress.voting.plans import motion_contest
from tests.attacks.registry import Attack
from tests.helpers.bundles import (
    CELLS,
    COUNT,
    VERDICT,
    Script,
    body_of,
    figures,
    list_manifest,
    list_plan,
    result_of,
)

Change = Callable[[Script], None]
Register = Callable[[Change], Change]

ATTACKS: dict[str, Attack] = {}
ELECTORS = (
    ("ann", 300, None, "100"),
    ("ben", 100, None, "010"),
    ("cam", "201/2", "ann", "010"),
    ("dan", 100, None, "001"),
    ("eve", 100, None, None),
)
"""Person, weight, who casts, and the vote: yes, no, abstain."""


def weighed() -> Script:
    """Return a card vote: 300 yes to 200 and a half no, one by proxy; one did not vote."""
    plan = Plan(
        "Card vote", Kind.MOTION, Secrecy.OPEN, "card-vote", "motion", (motion_contest("M"),)
    )
    script = Script([("manifest", list_manifest(plan, "card-vote", "open/1"))])
    electors = [
        {"person": person, "weight": weight, "section": "", "by": by}
        for person, weight, by, _ in ELECTORS
    ]
    proxies = [
        {"person": "ben", "by": "dan", "approved_by": "board", "standing": "present"},
        {"person": "cam", "by": "ann", "approved_by": "board", "standing": "counted"},
        {"person": "zoe", "by": "yan", "approved_by": "board", "standing": "holder_absent"},
    ]
    opened = {
        "roll": figures(4, 6),
        "approved_by": ["chair"],
        "electors": electors,
        "proxies": proxies,
    }
    script.steps.append(("open", opened))
    script.steps += [
        ("ballot", {"person": person, "badge": f"B-{person}", "bits": [bits]})
        for person, _, _, bits in ELECTORS
        if bits
    ]
    cells = {"yes": 1, "no": 2, "abstain": 1}
    weighted = {
        "section": "",
        "cast": "1201/2",
        "blank": 0,
        "invalid": 0,
        "cells": {"yes": 300, "no": "401/2", "abstain": 100},
    }
    count = {"contest": "motion", "cast": 4, "blank": 0, "invalid": 0, "cells": cells}
    script.steps += [
        ("close", {"ballots": 4, "approved_by": ["chair"]}),
        ("result", result_of([{**count, "weighted": [weighted]}], 5, 4, 0, drawn=5)),
    ]
    verdict = {
        "contest": "motion",
        "outcome": "carried",
        "base": "1001/2",
        "needed": "501/2",
        "elected": [],
        "vacant": 0,
        "tied": [],
    }
    script.steps.append(("certificate", {"body": body_of(script, [verdict], 2)}))
    script.steps = json.loads(encode(script.steps))
    return script


def _paper_count(issued: int, spoiled: int) -> dict[str, Any]:
    return {
        "slips": 6,
        "issued": issued,
        "spoiled": spoiled,
        "unused": issued - spoiled - 6,
        "counts": [{**COUNT, "cells": CELLS}],
        "record": encode_bytes(bytes(32)),
        "approved_by": ["teller", "clerk"],
    }


def on_paper() -> Script:
    """Return the strike-out election on slips alone: eight issued, one spoiled, six cast."""
    plan = list_plan(Channel.PAPER)
    script = Script([("manifest", list_manifest(plan, suite="paper/1"))])
    script.steps += [
        ("credentials", {"slips": 5}),
        ("credentials", {"slips": 3}),
        ("open", {"roll": figures(7, 8), "approved_by": ["chair", "teller"]}),
        ("credentials_void", {"slips": 1}),
        ("close", {"ballots": 0, "approved_by": ["chair", "teller"]}),
        ("paper_count", _paper_count(8, 1)),
    ]
    script.steps.append(("result", result_of([{**COUNT, "cells": CELLS}], 8, 6, 1, drawn=7)))
    script.steps.append(("certificate", {"body": body_of(script, [VERDICT], 3)}))
    script.steps = json.loads(encode(script.steps))
    return script


def weighed_attack(check: str, reason: str) -> Register:
    """Register an attack on the card vote."""
    return _register(weighed, check, reason)


def paper_attack(check: str, reason: str) -> Register:
    """Register an attack on the poll on paper."""
    return _register(on_paper, check, reason)


def _register(good: Callable[[], Script], check: str, reason: str) -> Register:
    def register(change: Change) -> Change:
        def make() -> Script:
            script = good()
            change(script)
            return script

        ATTACKS[change.__name__] = Attack(change.__name__, check, reason, make)
        return change

    return register


@weighed_attack("eligibility", "voted_twice")
def vote_of_one_person_twice(script: Script) -> None:
    script.insert("close", "ballot", {"person": "ann", "badge": "B-ann", "bits": ["100"]})
    script.payload("close")["ballots"] = 5


@weighed_attack("eligibility", "no_elector")
def vote_of_somebody_not_on_the_roll(script: Script) -> None:
    script.payload("ballot")["person"] = "zoe"


@weighed_attack("ballots", "refused_ballot")
def two_boxes_of_a_motion(script: Script) -> None:
    script.payload("ballot")["bits"] = ["110"]


@weighed_attack("ballots", "wrong_number")
def vote_of_another_ballot_paper(script: Script) -> None:
    script.payload("ballot")["bits"] = ["1000"]


@weighed_attack("counts", "wrong_count")
def vote_turned_after_it_was_cast(script: Script) -> None:
    script.payload("ballot")["bits"] = ["010"]


@weighed_attack("counts", "wrong_count")
def weight_changed_after_the_count(script: Script) -> None:
    script.payload("open")["electors"][0]["weight"] = 500


@weighed_attack("opening", "wrong_electors")
def absent_elector_told_as_present(script: Script) -> None:
    script.payload("open")["electors"][2]["by"] = None
    script.payload("open")["proxies"][1]["standing"] = "present"


@weighed_attack("opening", "wrong_proxy")
def proxy_for_somebody_who_is_present(script: Script) -> None:
    script.payload("open")["proxies"][0]["standing"] = "counted"


@weighed_attack("opening", "wrong_proxy")
def proxy_that_nobody_registered(script: Script) -> None:
    del script.payload("open")["proxies"][1]


@weighed_attack("opening", "wrong_proxy")
def holder_who_is_present_told_as_absent(script: Script) -> None:
    script.payload("open")["proxies"][2]["by"] = "dan"


@weighed_attack("opening", "too_many_proxies")
def one_person_casts_for_three(script: Script) -> None:
    electors = script.payload("open")["electors"]
    for elector in electors[1:4]:
        elector["by"] = "ann"


@weighed_attack("opening", "wrong_weight")
def elector_without_weight(script: Script) -> None:
    script.payload("open")["electors"][0]["weight"] = 0


@weighed_attack("opening", "not_sorted")
def elector_twice(script: Script) -> None:
    electors = script.payload("open")["electors"]
    electors.insert(1, dict(electors[0]))


@weighed_attack("order", "not_in_suite")
def cards_for_an_open_poll(script: Script) -> None:
    script.insert("open", "credentials", {"credentials": []})


@paper_attack("paper", "impossible_count")
def more_marks_than_slips_can_bear(script: Script) -> None:
    script.payload("paper_count")["counts"][0]["cells"]["c3"] = 5


@paper_attack("paper", "impossible_count")
def more_votes_for_one_than_slips(script: Script) -> None:
    script.payload("paper_count")["counts"][0]["cells"]["c1"] = 6


@paper_attack("paper", "unbalanced")
def slips_that_do_not_balance(script: Script) -> None:
    script.payload("paper_count")["unused"] += 1


@paper_attack("paper", "wrong_reconciliation")
def more_slips_than_were_issued(script: Script) -> None:
    script.replace("paper_count", _paper_count(20, 1))


@paper_attack("paper", "not_approved")
def slips_counted_by_one_person(script: Script) -> None:
    script.payload("paper_count")["approved_by"] = ["teller"]


@paper_attack("counts", "no_paper_count")
def slips_never_counted(script: Script) -> None:
    script.remove("paper_count")


@paper_attack("order", "more_than_once")
def slips_counted_twice(script: Script) -> None:
    script.insert("result", "paper_count", script.payload("paper_count"))


@paper_attack("reconciliation", "wrong_entitled")
def entitled_that_drew_no_slips(script: Script) -> None:
    script.payload("result")["entitled"] = 6


@paper_attack("credentials", "not_issued")
def more_slips_void_than_issued(script: Script) -> None:
    script.payload("credentials_void")["slips"] = 9


@paper_attack("order", "not_in_suite")
def electronic_ballot_among_slips(script: Script) -> None:
    script.insert("close", "ballot", {"ballot": ""})


@paper_attack("counts", "wrong_count")
def result_that_is_not_the_paper_count(script: Script) -> None:
    script.payload("result")["counts"][0]["cells"]["c3"] = 1
