"""The minutes of a count, and the end of a ledger on paper."""

from datetime import UTC, datetime

import pytest

from congress.i18n.translator import Translator
from congress.secretariat import counting, heads
from congress.secretariat.blocks import Facts, Note, Paragraph, Seals, Signatures, Table
from congress.secretariat.counting import CountingReport
from congress.secretariat.model import Cover
from congress.secretariat.typeset import typeset
from congress.voting.ledger import fingerprint
from tests.helpers.hall import APPROVAL, Hall

COVER = Cover("Đại hội XIV", "Hà Nội", None, None, datetime(2026, 3, 14, 9, 0, tzinfo=UTC), True)


def counted(*, certify: bool = True) -> CountingReport:
    hall = Hall()
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    hall.booth.challenge(hall.prepare(cards[4].code, "AB"))
    for card in cards[4:]:
        hall.booth.void_card(poll.id, card.code)
    made = hall.booth.file_complaint(poll.id, "Delegate 3", "Too loud.")
    hall.booth.decide_complaint(made.id, "Noted.")
    hall.booth.file_complaint(poll.id, "Delegate 4", "Too dark.")
    if certify:
        hall.finish(poll.id)
    else:
        hall.booth.close(poll.id, APPROVAL)
        hall.count(poll.id)
    board = hall.booth.trustees(poll.id)
    return CountingReport(
        COVER,
        hall.booth.result(poll.id),
        "190-QĐ/TW",
        tuple(board.trustee(index).name for index in hall.booth.partials(poll.id)),
        challenged=1,
        complaints=hall.booth.complaints(poll.id),
    )


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_the_minutes_are_set_in_every_language(lang: str) -> None:
    assert typeset(Translator(lang), counting.paper(Translator(lang), counted()))[:5] == b"%PDF-"


def test_everything_that_is_signed_for_is_in_them() -> None:
    report = counted()
    tr = Translator("en")
    paper = counting.paper(tr, report)
    rows = {
        label: value
        for block in paper.blocks
        if isinstance(block, Facts)
        for label, value in block.rows
    }
    figures = report.result.reconciliation
    assert rows["Issued"] == str(figures.issued)
    assert rows["Cast"] == "4"
    assert rows["Spoiled"] == str(figures.spoiled)
    assert rows["Opened for audit and not counted"] == "1"
    assert rows["Valid"] == "4"
    assert rows["Official delegates summoned"] == "10"
    assert rows["Base after these are taken off"] == "10"
    assert all(name in rows["Trustees who decrypted the totals"] for name in report.trustees)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[2] for row in table.rows] == ["4", "4", "4", "0"]
    words = [block.text for block in paper.blocks if isinstance(block, Paragraph | Note)]
    assert {"Too loud.", "Noted.", "Too dark."} <= {word.strip("\u2068\u2069") for word in words}
    assert tr("counting.undecided") in words
    assert tr("counting.uncertified") not in words
    (signatures,) = [block for block in paper.blocks if isinstance(block, Signatures)]
    assert len(signatures.parties) == 3


def test_minutes_of_what_is_not_certified_are_a_draft() -> None:
    paper = counting.paper(Translator("en"), counted(certify=False))
    notes = [block.text for block in paper.blocks if isinstance(block, Note)]
    assert Translator("en")("counting.uncertified") in notes


def test_the_end_of_a_ledger_is_one_page_to_compare() -> None:
    hall = Hall()
    poll, _ = hall.opened_election()
    head = hall.booth.signed_head(poll.id)
    paper = heads.paper(Translator("vi"), COVER, poll, head)
    assert any(fingerprint(head.hash) in getattr(block, "text", "") for block in paper.blocks)
    (seals,) = [block for block in paper.blocks if isinstance(block, Seals)]
    assert seals.rows[0][1].replace(" ", "") == head.hash.hex()
    assert typeset(Translator("vi"), paper)[:5] == b"%PDF-"


def test_the_end_of_a_ledger_at_a_checkpoint_tells_the_ballots_that_it_binds() -> None:
    hall, tr = Hall(), Translator("en")
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    heads_shown = (hall.booth.signed_head(poll.id), hall.booth.checkpoint(poll.id))
    hall.cast(cards[1].code, "ABC")
    told = []
    for head in heads_shown:
        paper = heads.paper(tr, COVER, poll, head)
        (facts,) = [block for block in paper.blocks if isinstance(block, Facts)]
        told.append(dict(facts.rows).get(tr("desk.head.cast")))
    assert told == [None, "1"]
