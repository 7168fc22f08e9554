from pathlib import Path

import pytest

from congress.app import OpenCongress, open_congress
from congress.kernel.approval import Approval
from congress.kernel.ids import PersonId, PollId, new_id
from congress.kernel.people import Person, Standing
from congress.kernel.roles import Role
from congress.rollcall.model import Method
from congress.verifier.inspection import inspect
from congress.voting import board_store
from congress.voting.crypto.tally import partial_of
from congress.voting.model import Ballot, Secrecy
from tests.helpers.trustees import board
from tests.unit.cli.conftest import PASSPHRASE, answer, invoke

APPROVAL = Approval("second", PASSPHRASE)


def delegates(congress: OpenCongress) -> None:
    congress.desk.open_session("First")
    for number in range(5):
        person = Person(
            PersonId(new_id()), f"D{number}", f"Delegate {number}", "", Standing.OFFICIAL
        )
        congress.desk.check_in(congress.people.add(person).id, Method.MANUAL)


def voted(congress: OpenCongress) -> PollId:
    """Hold a secret motion until one of two trustees has decrypted."""
    booth, (ceremony, shares) = congress.booth, board()
    with congress.vault.congress.unit_of_work(congress.actor) as uow:
        board_store.add(uow.connection, ceremony, [])
        uow.commit()
    poll = booth.propose_motion(
        "Adopt it", pack_id="roberts", rule_id="majority", secrecy=Secrecy.SECRET
    )
    booth.fix_manifest(poll.id)
    cards = booth.issue_cards(poll.id, 6)
    booth.draw_cards_present(poll.id)
    booth.open(poll.id, APPROVAL)
    for card in cards[:4]:
        ballot = booth.prepare(booth.admit(card.code), Ballot((frozenset({"yes"}),)))
        booth.cast(ballot, card.code)
    booth.close(poll.id, APPROVAL)
    booth.encrypted_tally(poll.id, APPROVAL)
    asked = booth.tally_to_decrypt(poll.id)
    booth.add_partial(poll.id, partial_of(asked.context, asked.sums, shares[2]))
    return poll.id


@pytest.fixture
def held(vault: Path) -> tuple[Path, PollId]:
    with open_congress(vault, PASSPHRASE) as congress:
        congress.vault.add_member("second", Role.COMMITTEE, PASSPHRASE)
        delegates(congress)
        return vault, voted(congress)


def test_a_poll_is_listed_shown_and_bundled(held: tuple[Path, PollId], tmp_path: Path) -> None:
    vault, poll_id = held
    shown = invoke("poll", "show", vault, 1)
    assert shown.exit_code == 0
    assert "1 of the 2 needed" in shown.stdout
    assert "6 issued = 4 cast + 0 spoiled + 2 unused" in shown.stdout
    early = invoke("poll", "bundle", vault, 1, "--out", tmp_path / "early.zip")
    assert early.exit_code == 3
    assert not (tmp_path / "early.zip").exists()
    with open_congress(vault, PASSPHRASE) as congress:
        asked = congress.booth.tally_to_decrypt(poll_id)
        part = partial_of(asked.context, asked.sums, board()[1][0])
        congress.booth.add_partial(poll_id, part)
        congress.booth.tally(poll_id)
        congress.booth.certify(poll_id, APPROVAL)
    (row,) = answer(invoke("poll", "list", vault, "--json"))
    assert (row["number"], row["state"], row["cast"], row["entitled"]) == (1, "certified", 4, 5)
    facts = answer(invoke("poll", "show", vault, 1, "--json"))
    assert facts["counts"][0]["cells"] == {"yes": 4, "no": 0, "abstain": 0}
    assert facts["verdicts"][0]["outcome"] == "carried"
    bundle = tmp_path / "poll.zip"
    assert invoke("poll", "bundle", vault, 1, "--out", bundle).exit_code == 0
    assert inspect(bundle, processes=1).holds


def test_there_is_no_such_poll(vault: Path) -> None:
    missing = invoke("poll", "show", vault, 7)
    assert missing.exit_code == 2
    assert answer(invoke("poll", "list", vault, "--json")) == []
