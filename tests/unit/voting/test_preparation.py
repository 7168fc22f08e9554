from dataclasses import replace

import pytest
from sqlalchemy import delete

from congress.kernel.canonical import encode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.kernel.roles import Role
from congress.voting import board_store
from congress.voting.board_store import trustee_board
from congress.voting.crypto.credentials import secret_of
from congress.voting.crypto.rehearsal import hold
from congress.voting.issuing import MOST_CARDS
from congress.voting.layouts import layouts_of
from congress.voting.ledger import EntryType
from congress.voting.model import (
    Candidate,
    Kind,
    Method,
    PollChanged,
    Secrecy,
    State,
    Turnout,
)
from tests.helpers.hall import APPROVAL, PARTY, ROBERTS, Hall
from tests.helpers.vaults import actor
from tests.unit.voting.test_packs import CLUB


def test_a_draft_is_kept_as_it_was_planned(hall: Hall) -> None:
    motion = hall.motion()
    election = hall.election("ABCD", 3)
    assert (motion.number, election.number) == (1, 2)
    assert hall.booth.polls() == (election, motion)
    assert hall.booth.poll(motion.id) == motion
    assert motion.state is State.DRAFT
    assert election.plan.contests[0].method is Method.STRIKE_OUT
    assert hall.events[0] == PollChanged(motion.id, State.DRAFT, Turnout(0, 0))


def test_the_usual_ballot_paper_can_be_overruled(hall: Hall) -> None:
    names = [Candidate("A", "A"), Candidate("B", "B")]
    usual = hall.booth.propose_election("E", names, 2, pack_id=PARTY, rule_id="election")
    assert usual.plan.contests[0].method is Method.AGREE_DISAGREE
    chosen = hall.booth.propose_election(
        "E", names, 1, pack_id=ROBERTS, rule_id="election", method=Method.STRIKE_OUT
    )
    assert chosen.plan.contests[0].method is Method.STRIKE_OUT


@pytest.mark.parametrize(("pack", "rule"), [("moon", "election"), (PARTY, "moon")])
def test_an_election_needs_a_rule(hall: Hall, pack: str, rule: str) -> None:
    with pytest.raises(InputError, match=r"voting\.no_rule"):
        hall.booth.propose_election("E", [], 1, pack_id=pack, rule_id=rule)


def test_a_draft_may_be_revised_until_it_is_fixed(hall: Hall) -> None:
    poll = hall.motion()
    plan = replace(poll.plan, title="Another question")
    assert hall.booth.revise(poll.id, plan).plan == plan
    assert hall.booth.poll(poll.id).plan == plan
    hall.booth.fix_manifest(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.revise(poll.id, poll.plan)


def test_a_biography_is_no_part_of_the_manifest_and_stays_as_it_was_fixed(hall: Hall) -> None:
    poll = hall.election()
    (contest,) = poll.plan.contests
    first, *others = contest.candidates
    known = replace(first, biography="A teacher.\n\nIn the assembly since 2019.")
    plan = replace(poll.plan, contests=(replace(contest, candidates=(known, *others)),))
    hall.booth.revise(poll.id, plan)
    hall.booth.fix_manifest(poll.id)
    assert hall.booth.poll(poll.id).plan == plan
    assert "teacher" not in str(hall.booth.ledger(poll.id))
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.revise(poll.id, poll.plan)


def test_an_unknown_poll(hall: Hall) -> None:
    with pytest.raises(InputError, match=r"voting\.no_poll"):
        hall.booth.poll(PollId("nothing"))


def test_live_check(hall: Hall) -> None:
    plan = hall.election("ABCDE", 3).plan
    assert [line.key for line in hall.booth.problems(plan)] == ["plan.problem.surplus"]
    moon = replace(plan, pack_id="moon")
    assert [line.key for line in hall.booth.problems(moon)] == ["plan.problem.rule"]


def test_the_manifest_fixes_question_list_and_rule(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    manifest, trustees = hall.booth.ledger(poll.id)
    assert manifest.type is EntryType.MANIFEST
    assert isinstance(manifest.payload, dict)
    assert set(manifest.payload) == {
        *("format", "plan", "pack", "suite", "public_key", "layouts", "minimum")
    }
    assert manifest.payload["format"] == 3
    assert manifest.payload["suite"] == "elgamal-h/secp256k1-sha512/1"
    assert manifest.payload["minimum"] == 3
    assert "190-QĐ/TW" in str(manifest.payload["pack"])
    rule = hall.booth.packs()[PARTY].rule("election")
    assert rule is not None
    (layout,) = layouts_of(poll.plan, rule)
    assert manifest.payload["layouts"] == [layout.to_json()]
    assert trustees.type is EntryType.TRUSTEES
    assert trustees.payload == {
        "ceremony": hall.ceremony.to_json(),
        "joint_key": encode_bytes(hall.ceremony.joint_key.encode()),
    }
    assert hall.booth.trustees(poll.id) == hall.ceremony
    assert hall.booth.poll(poll.id).state is State.FIXED


def test_an_open_poll_has_neither_trustees_nor_layouts(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    (manifest,) = hall.booth.ledger(poll.id)
    assert isinstance(manifest.payload, dict)
    assert manifest.payload["suite"] == "open/1"
    assert (manifest.payload["layouts"], manifest.payload["minimum"]) == ([], 0)


def test_a_secret_poll_needs_trustees(hall: Hall) -> None:
    poll = hall.election()
    with hall.database.unit_of_work(actor()) as uow:
        uow.connection.execute(delete(trustee_board))
        uow.commit()
    with pytest.raises(RefusedError, match=r"voting\.no_trustees"):
        hall.booth.fix_manifest(poll.id)
    assert hall.booth.ledger(poll.id) == ()
    hall.booth.fix_manifest(hall.motion().id)


def test_trustees_whose_ceremony_does_not_hold_get_no_poll(hall: Hall) -> None:
    unsigned = replace(hall.ceremony, signatures=hall.ceremony.signatures[:2])
    with hall.database.unit_of_work(actor()) as uow:
        board_store.add(uow.connection, unsigned, [])
        uow.commit()
    poll = hall.election()
    with pytest.raises(InputError, match=r"voting\.bad_ceremony"):
        hall.booth.fix_manifest(poll.id)
    assert hall.booth.ledger(poll.id) == ()


def test_a_new_board_is_for_later_polls(hall: Hall) -> None:
    before, after = hall.election(), hall.election()
    hall.booth.fix_manifest(before.id)
    other, _ = hold(("Dũng", "Em", "Phú", "Giang"), 3)
    with hall.database.unit_of_work(actor()) as uow:
        board_store.add(uow.connection, other, [])
        uow.commit()
    hall.booth.fix_manifest(after.id)
    assert hall.booth.trustees(before.id) == hall.ceremony
    assert hall.booth.trustees(after.id) == other


@pytest.mark.parametrize("pack", [PARTY, "moon"])
def test_a_plan_with_problems_is_not_fixed(hall: Hall, pack: str) -> None:
    poll = hall.election("ABCDE", 3)
    hall.booth.revise(poll.id, replace(poll.plan, pack_id=pack))
    with pytest.raises(RefusedError, match=r"voting\.plan_problems"):
        hall.booth.fix_manifest(poll.id)
    assert hall.booth.ledger(poll.id) == ()
    assert hall.booth.poll(poll.id).state is State.DRAFT


def test_a_pack_of_ones_own_decides_like_the_shipped_ones(hall: Hall) -> None:
    pack = hall.booth.add_pack(CLUB)
    assert hall.booth.packs()["club"] == pack
    poll = hall.booth.propose_election(
        "Board", [Candidate("A", "A"), Candidate("B", "B")], 1, pack_id="club", rule_id="board"
    )
    assert hall.booth.problems(poll.plan) != ()  # no surplus is allowed for one seat
    for taken in (CLUB, CLUB.replace('id = "club"', 'id = "roberts"')):
        with pytest.raises(InputError, match=r"voting\.pack_exists"):
            hall.booth.add_pack(taken)


def test_a_bad_pack_is_not_added(hall: Hall) -> None:
    with pytest.raises(InputError, match=r"voting\.bad_pack"):
        hall.booth.add_pack(CLUB.replace("present = 10", ""))
    assert "club" not in hall.booth.packs()


def test_cards_are_issued_and_only_their_public_keys_are_kept(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    first = hall.booth.issue_cards(poll.id, 10)
    more = hall.booth.issue_cards(poll.id, 2)
    assert (len(first), len(more)) == (10, 2)
    assert hall.booth.reconciliation(poll.id).issued == 12
    entries = hall.booth.ledger(poll.id)
    assert [entry.type for entry in entries] == [
        EntryType.MANIFEST,
        EntryType.TRUSTEES,
        EntryType.CREDENTIALS,
        EntryType.CREDENTIALS,
    ]
    assert entries[2].payload == {
        "credentials": [encode_bytes(key) for key in sorted(card.public_key for card in first)]
    }
    with hall.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT public_key, parts FROM credential").all()
        dump = repr(rows) + repr(entries)
    assert {row[0] for row in rows} == {card.public_key for card in (*first, *more)}
    for card in first:
        secret = secret_of(poll.id, card.codes).to_bytes(32, "big")
        assert repr(secret)[2:-1] not in dump
        assert secret.hex() not in dump
        assert card.codes[0] not in dump


def test_a_card_in_two_halves_needs_both(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    card, other, *_ = hall.booth.issue_cards(poll.id, 10, parts=2)
    hall.booth.draw_cards_present(poll.id)
    hall.booth.open(poll.id, APPROVAL)
    for half in card.codes:
        with pytest.raises(InputError, match=r"voting\.card_half"):
            hall.booth.admit(half)
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.admit(f"{card.codes[0]}+{other.codes[1]}")
    hall.cast(card.code, "ABC")
    hall.cast("+".join(reversed(other.payloads)), "ABC")
    assert hall.booth.turnout(poll.id).cast == 2


@pytest.mark.parametrize("count", [0, -1, MOST_CARDS + 1])
def test_an_impossible_number_of_cards(hall: Hall, count: int) -> None:
    with pytest.raises(InputError, match=r"voting\.card_number"):
        hall.booth.issue_cards(hall.election().id, count)


def test_an_open_vote_has_no_cards(hall: Hall) -> None:
    poll = hall.motion()
    hall.booth.fix_manifest(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.no_cards_needed"):
        hall.booth.issue_cards(poll.id, 5)


def keyed(hall: Hall, cards: int) -> tuple[PollId, list[str]]:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    return poll.id, [card.code for card in hall.booth.issue_cards(poll.id, cards)]


def test_persons_present_draw_cards_and_nobody_knows_which(hall: Hall) -> None:
    poll_id, _ = keyed(hall, 10)
    persons = [person.id for person in hall.people.persons]
    assert hall.booth.draw_cards(poll_id, persons[:3]) == 3
    assert hall.booth.draw_cards(poll_id, persons[2:5]) == 2
    assert hall.booth.draw_cards(poll_id, persons[:5]) == 0
    assert hall.booth.draw_cards_present(poll_id) == 5
    assert hall.booth.turnout(poll_id) == Turnout(0, 10)
    with hall.database.reading() as connection:
        columns = connection.exec_driver_sql("SELECT * FROM card_drawn").keys()
    assert set(columns) == {"poll_id", "person_id", "cards"}


def test_who_is_not_in_the_hall_draws_no_card(hall: Hall) -> None:
    poll_id, _ = keyed(hall, 10)
    with pytest.raises(RefusedError, match=r"voting\.not_present"):
        hall.booth.draw_cards(poll_id, [PersonId("stranger")])


def test_there_is_one_card_for_each(hall: Hall) -> None:
    poll_id, codes = keyed(hall, 10)
    hall.booth.void_card(poll_id, codes[0])
    with pytest.raises(RefusedError, match=r"voting\.too_few_cards") as caught:
        hall.booth.draw_cards_present(poll_id)
    assert caught.value.params == {"left": 9, "count": 10}


def test_drawing_needs_cards_first(hall: Hall) -> None:
    poll = hall.election()
    hall.booth.fix_manifest(poll.id)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.draw_cards_present(poll.id)


def test_a_spoiled_card_is_void_for_good(hall: Hall) -> None:
    poll_id, codes = keyed(hall, 10)
    hall.booth.void_card(poll_id, codes[0])
    hall.booth.draw_cards(poll_id, [person.id for person in hall.people.persons[:9]])
    hall.booth.open(poll_id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.card_void"):
        hall.booth.admit(codes[0])
    with pytest.raises(RefusedError, match=r"voting\.card_void"):
        hall.booth.void_card(poll_id, codes[0])
    hall.cast(codes[1], "ABC")
    with pytest.raises(RefusedError, match=r"voting\.card_used"):
        hall.booth.void_card(poll_id, codes[1])
    assert hall.booth.reconciliation(poll_id).spoiled == 1


def test_only_a_card_of_the_poll_is_voided(hall: Hall) -> None:
    poll_id, _ = keyed(hall, 2)
    _, others = keyed(hall, 2)
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.void_card(poll_id, others[0])
    with pytest.raises(InputError, match=r"voting\.card_unknown"):
        hall.booth.void_card(poll_id, "0" * 16)
    with pytest.raises(InputError, match=r"voting\.card_misread"):
        hall.booth.void_card(poll_id, "what")


def test_a_print_run_that_went_wrong_is_voided_before_the_opening(hall: Hall) -> None:
    poll_id, _ = keyed(hall, 10)
    assert hall.booth.void_unused_cards(poll_id) == 10
    hall.booth.issue_cards(poll_id, 10)
    hall.booth.draw_cards_present(poll_id)
    hall.booth.open(poll_id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.void_unused_cards(poll_id)


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.PROJECTOR, Role.ORGANISER])
def test_who_may_not_prepare(hall: Hall, role: Role) -> None:
    poll = hall.election()
    booth = hall.booth_of(actor(role))
    for step in (
        lambda: booth.propose(poll.plan),
        lambda: booth.revise(poll.id, poll.plan),
        lambda: booth.fix_manifest(poll.id),
        lambda: booth.add_pack(CLUB),
        lambda: booth.open(poll.id),
        lambda: booth.close(poll.id),
        lambda: booth.encrypted_tally(poll.id),
        lambda: booth.tally(poll.id),
        lambda: booth.checkpoint(poll.id),
        lambda: booth.extend(poll.id, None),
        lambda: booth.certify(poll.id),
        lambda: booth.withdraw(poll.id),
        lambda: booth.next_round(poll.id),
    ):
        with pytest.raises(RefusedError, match=r"role\.not_allowed"):
            step()


def test_an_organiser_hands_out_cards(hall: Hall) -> None:
    poll_id, _ = keyed(hall, 10)
    assert hall.booth_of(actor(Role.ORGANISER)).draw_cards_present(poll_id) == 10
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        hall.booth_of(actor(Role.DELEGATE)).draw_cards_present(poll_id)


def test_a_poll_of_a_kind_can_be_proposed_whole(hall: Hall) -> None:
    plan = replace(hall.election().plan, kind=Kind.ELECTION, secrecy=Secrecy.SECRET)
    assert hall.booth.propose(plan).plan == plan
