"""Attacks by what is told of a poll, and by the rules it is told to follow."""

from congress.kernel.canonical import encode_bytes
from congress.kernel.signing import Signer
from tests.attacks.registry import attack
from tests.helpers.bundles import (
    Script,
)


@attack("counts", "wrong_count")
def wrong_totals(script: Script) -> None:
    cells = script.payload("result")["counts"][0]["cells"]
    cells["c2"], cells["c3"] = cells["c3"], cells["c2"]


@attack("verdicts", "wrong_verdict")
def wrong_verdict(script: Script) -> None:
    script.payload("certificate")["body"]["verdicts"][0]["elected"] = ["c1", "c3"]


@attack("verdicts", "wrong_verdict")
def base_measured_too_low(script: Script) -> None:
    verdict = script.payload("certificate")["body"]["verdicts"][0]
    verdict["base"], verdict["needed"] = 3, 2


@attack("reconciliation", "wrong_reconciliation")
def cards_that_nobody_issued(script: Script) -> None:
    figures = script.payload("result")["reconciliation"]
    figures["issued"] += 2
    figures["unused"] += 2


@attack("reconciliation", "unbalanced")
def cards_that_do_not_balance(script: Script) -> None:
    script.payload("result")["reconciliation"]["unused"] += 1


@attack("ties", "wrong_decision")
def decision_about_no_tie(script: Script) -> None:
    payload = {"contest": "committee", "elected": ["c3"], "reason": "because"}
    script.insert("certificate", "tie_decision", payload)


@attack("opening", "wrong_roll")
def roll_call_that_does_not_add_up(script: Script) -> None:
    script.payload("open")["roll"]["adjusted"] = 2


@attack("opening", "not_approved")
def opened_by_one_person(script: Script) -> None:
    script.payload("open")["approved_by"] = ["chair", "chair"]


@attack("certificate", "bad_signature")
def certificate_signed_by_another(script: Script) -> None:
    payload = script.payload("certificate")
    before = Script(script.steps[:-1], script.election_id).lines()
    certified = script.certified(payload, before)
    certified["signature"] = encode_bytes(Signer(bytes(32)).sign("certificate", certified["body"]))
    script.sealed = False
    script.replace("certificate", certified)


@attack("certificate", "wrong_certificate")
def certificate_of_another_manifest(script: Script) -> None:
    script.payload("certificate")["body"]["title"] = "Another poll"


@attack("rule_pack", "example_fails")
def rule_bent_after_the_examples(script: Script) -> None:
    manifest = script.payload("manifest")
    manifest["pack"] = manifest["pack"].replace('share = "1/2", strict', 'share = "1/4", strict')


@attack("layouts", "wrong_layouts")
def layout_that_allows_more_names(script: Script) -> None:
    script.payload("manifest")["layouts"][0]["limits"][0]["high"] = 3


@attack("manifest", "unknown_value")
def changed_group(script: Script) -> None:
    script.payload("manifest")["suite"] = "elgamal-h/p256-sha512/1"


@attack("manifest", "unknown_member")
def member_that_nobody_knows(script: Script) -> None:
    script.payload("manifest")["plan"]["also"] = "count twice"


@attack("order", "unknown_type")
def entry_of_an_unknown_type(script: Script) -> None:
    script.insert("close", "amend", {})
