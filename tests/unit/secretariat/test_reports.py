"""What the papers say about the small congress."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from congress.i18n.translator import Translator
from congress.kernel.codes import grouped
from congress.kernel.ids import PollId, SessionId
from congress.rollcall.model import Session
from congress.secretariat import attendance, minutes, resultpaper, results, voters
from congress.secretariat.blocks import Bars, Facts, Heading, Note, Signatures, Tone, Verdict
from congress.secretariat.cards import cards_pdf
from congress.secretariat.model import AttendanceReport, Cover
from congress.secretariat.worksheet import Sheet
from congress.voting.cards import new_card
from congress.voting.model import State
from congress.voting.outcome import Outcome
from tests.helpers.smallcongress import ZONE, SmallCongress
from tests.unit.secretariat.pdftext import text_of

EN = Translator("en")


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet.rows]


@pytest.fixture(scope="session")
def attended(held: SmallCongress) -> AttendanceReport:
    return held.gather.attendance()


def test_sessions_count_seats_and_say_when_the_quorum_was_reached(
    attended: AttendanceReport,
) -> None:
    first, second = rows(attendance.sessions_sheet(EN, attended))
    assert (first["summoned"], first["needed"], first["attended"]) == (12, 8, 10)
    assert (first["by_alternates"], first["most_at_once"], first["guests"]) == (1, 10, 1)
    assert first["quorate_at"] == datetime(2026, 10, 24, 8, 28, tzinfo=ZONE)
    assert (second["attended"], second["by_alternates"], second["guests"]) == (11, 0, 0)


def test_delegations_add_up_to_the_whole(attended: AttendanceReport) -> None:
    *parts, total = rows(attendance.delegations_sheet(EN, attended))
    assert {part["delegation"]: part["summoned"] for part in parts} == {
        "Cần Thơ": 2,
        "Hà Nội": 3,
        "Paris": 4,
        "لاہور": 3,
    }
    for key in ("summoned", "session_1", "session_2"):
        assert total[key] == sum(part[key] for part in parts)
    assert [part["session_1"] for part in parts if part["delegation"] == "Paris"] == [2]


def test_the_register_keeps_every_person_and_how_they_came(attended: AttendanceReport) -> None:
    lines = rows(attendance.register_sheet(EN, attended))
    assert len(lines) == 2 * 14
    first = {line["badge"]: line for line in lines[:14]}
    assert first["D003"]["left"] == datetime(2026, 10, 24, 8, 31, tzinfo=ZONE)
    assert first["D010"]["seat_taken_by"] == "Hoàng Minh Đức"
    assert first["A001"]["in_seat_of"] == "Paul Langevin"
    assert first["D012"]["came"] is None
    assert first["D012"]["method"] == ""


def test_the_matrix_shows_the_first_coming_in_each_session(attended: AttendanceReport) -> None:
    lines = {line["badge"]: line for line in rows(attendance.matrix_sheet(EN, attended))}
    assert lines["D001"]["session_1"] == datetime(2026, 10, 24, 8, 21, tzinfo=ZONE)
    assert lines["D001"]["sessions_attended"] == 2
    assert (lines["D012"]["session_1"], lines["D012"]["sessions_attended"]) == (None, 0)


def test_the_base_is_itemised_and_adds_up(attended: AttendanceReport) -> None:
    assert attended.roll is not None
    *items, total = rows(attendance.base_sheet(EN, attended.roll))
    assert [item["count"] for item in items] == [12, 0, -1]
    assert total["count"] == sum(item["count"] for item in items) == 11


def test_an_open_session_says_so(held: SmallCongress, attended: AttendanceReport) -> None:
    running = replace(attended.sessions[0].session, closed_at=None)
    report = replace(attended, sessions=(replace(attended.sessions[0], session=running),))
    assert ("Closed", "Still open") in attendance.session_facts(EN, report, 0).rows


def test_a_missed_quorum_is_said_in_a_sentence(attended: AttendanceReport) -> None:
    first = attended.sessions[0]
    few = replace(first, lines=tuple(line for line in first.lines if line.person.badge < "D003"))
    report = replace(attended, sessions=(few,))
    assert attendance.quorum_sentence(EN, report, 0) == (
        "The quorum of 8 official delegates was not reached; 2 were present at the most."
    )


def test_results_count_ballots_and_name_the_verdict(held: SmallCongress) -> None:
    motion, election = rows(results.polls_sheet(EN, held.gather.results()))
    assert (motion["kind"], motion["secrecy"], motion["outcome"]) == (
        "Motion",
        "Open vote",
        "Carried",
    )
    assert (motion["cast"], motion["base"], motion["needed"]) == (10, 10, 6)
    assert (election["cast"], election["valid"], election["invalid"]) == (11, 10, 1)
    assert election["verdict"].startswith("3 elected: ")


def test_votes_are_shares_of_the_base(held: SmallCongress) -> None:
    votes = rows(results.votes_sheet(EN, held.gather.results()))
    yes = votes[0]
    assert (yes["option"], yes["votes"], yes["share_of_base"]) == ("Yes", 8, Fraction(4, 5))
    assert [line["fate"] for line in votes[3:]] == ["Elected", "Elected", "Elected", "Not elected"]


def test_votes_outside_the_base_have_no_share(held: SmallCongress) -> None:
    report = held.gather.results()
    verdict = replace(report.results[0].verdicts[0], outside=frozenset({"abstain"}))
    motion = replace(report.results[0], verdicts=(verdict,))
    without = replace(report, results=(motion,))
    shares = [line["share_of_base"] for line in rows(results.votes_sheet(EN, without))]
    assert shares == [Fraction(4, 5), Fraction(1, 10), None]
    (figure,) = [
        block for block in resultpaper.paper(EN, without).blocks if isinstance(block, Bars)
    ]
    assert [row.percent for row in figure.rows] == ["80.0%", "10.0%", ""]


def test_the_arithmetic_is_numbered_line_by_line(held: SmallCongress) -> None:
    lines = rows(results.arithmetic_sheet(EN, held.gather.results()))
    assert [line["step"] for line in lines if line["number"] == 1] == list(range(1, 9))
    assert "More than 1/2 of 10 is at least 6." in [line["line"] for line in lines]


def test_reconciliation_and_seals(held: SmallCongress) -> None:
    report = held.gather.results()
    motion, election = rows(results.reconciliation_sheet(EN, report))
    assert (election["issued"], election["cast"], election["unused"]) == (12, 11, 1)
    assert (motion["balanced"], election["balanced"]) == ("Yes", "Yes")
    assert election["ledger_head"] == report.results[1].head.hex()
    assert len(election["signature"]) == 86


def test_only_open_votes_are_named(held: SmallCongress) -> None:
    lines = rows(voters.names_sheet(EN, held.gather.results()))
    assert {line["number"] for line in lines} == {1}
    assert {line["badge"]: line["vote"] for line in lines}["D007"] == "Abstain"


def test_a_voter_who_left_the_list_is_still_counted(held: SmallCongress) -> None:
    report = replace(held.gather.results(), people={})
    assert rows(voters.names_sheet(EN, report))[0]["name"] == ""


def test_a_result_without_certificate_or_balance_says_so(held: SmallCongress) -> None:
    report = held.gather.results()
    whole = report.results[1]
    cards = replace(whole.reconciliation, unused=5)
    open_ended = replace(whole, certificate=None, reconciliation=cards)
    paper = resultpaper.paper(EN, replace(report, results=(open_ended,)))
    said = " ".join(getattr(block, "text", "") for block in paper.blocks)
    assert "cannot be certified" in said
    assert paper.title == "Results of elections"
    (line,) = rows(results.reconciliation_sheet(EN, replace(report, results=(open_ended,))))
    assert (line["balanced"], line["signature"]) == ("No", "")


def test_several_contests_are_told_apart(held: SmallCongress) -> None:
    report = held.gather.results()
    whole = report.results[1]
    plan = replace(whole.poll.plan, contests=whole.poll.plan.contests * 2)
    poll = replace(whole.poll, plan=plan)
    double = replace(whole, poll=poll, counts=whole.counts * 2, verdicts=whole.verdicts * 2)
    twice = replace(report, results=(double,))
    assert len(rows(results.polls_sheet(EN, twice))) == 2
    assert rows(results.votes_sheet(EN, twice))[0]["title"] == (
        "Executive committee · Executive committee"
    )
    levels = [
        block.level for block in resultpaper.paper(EN, twice).blocks if isinstance(block, Heading)
    ]
    assert levels == [1, 2, 3, 2, 3, 2]


def test_names_kept_in_an_open_election_are_listed(held: SmallCongress) -> None:
    report = held.gather.results()
    election, motion = report.results[1], report.results[0]
    vote = replace(
        motion.votes[0],
        ballot=replace(motion.votes[0].ballot, marks=(frozenset({"D001", "D006"}),)),
    )
    assert voters.chosen(EN, election, vote) == ("Nguyễn Thị Hường, \u2068عبد السلام\u2069")
    empty = replace(vote, ballot=replace(vote.ballot, marks=(frozenset(),)))
    assert voters.chosen(EN, election, empty) == "Nothing marked"


def test_the_verdict_comes_first_with_a_tone(held: SmallCongress) -> None:
    blocks = resultpaper.paper(EN, held.gather.results()).blocks
    verdicts = [block for block in blocks if isinstance(block, Verdict)]
    assert [verdict.tone for verdict in verdicts] == [Tone.GOOD, Tone.GOOD]
    bars = next(block for block in blocks if isinstance(block, Bars))
    assert [(bar.value, bar.percent) for bar in bars.rows] == [
        ("8", "80.0%"),
        ("1", "10.0%"),
        ("1", "10.0%"),
    ]
    assert set(results.TONES) == set(Outcome)


def test_the_minutes_tell_each_session_and_end_with_room_to_sign(held: SmallCongress) -> None:
    report = held.gather.minutes()
    paper = minutes.paper(Translator("vi"), report)
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert headings[0] == "First session"
    assert headings[-2:] == ["Các quyết định của Đại hội", "Những người trúng cử"]
    last = paper.blocks[-1]
    assert isinstance(last, Signatures)
    assert [party.capacity for party in last.parties] == ["THƯ KÝ", "CHỦ TỌA"]
    assert [item["title"] for item in rows(minutes.items_sheet(EN, report))] == [
        "Opening of the Congress",
        "Draft resolution on open instruments",
        "Election of the committee",
    ]


def test_the_elected_stand_in_their_order(held: SmallCongress) -> None:
    elected = rows(minutes.elected_sheet(EN, held.gather.minutes()))
    assert [line["place"] for line in elected] == [1, 2, 3]
    votes = [line["votes"] for line in elected]
    assert votes == sorted(votes, reverse=True)
    assert {line["base"] for line in elected} == {11}


def test_an_uncertified_result_is_marked_in_the_minutes(held: SmallCongress) -> None:
    report = held.gather.minutes()
    whole = report.results[0]
    waiting = replace(whole, poll=replace(whole.poll, state=State.TALLIED))
    blocks = minutes.paper(EN, replace(report, results=(waiting,))).blocks
    notes = [block.text for block in blocks if isinstance(block, Note)]
    assert "This result has been counted and not yet certified." in notes
    assert (
        rows(minutes.decisions_sheet(EN, replace(report, results=(waiting,))))[0]["certified"]
        == "No"
    )


def test_items_without_a_session_belong_to_the_one_they_began_in(held: SmallCongress) -> None:
    report = held.gather.minutes()
    first = report.sessions[0].session
    loose = tuple(replace(item, session="") for item in report.items)
    found = replace(report, items=loose).items_of(first)
    assert [item.title for item in found] == [
        "Opening of the Congress",
        "Draft resolution on open instruments",
    ]
    running = Session(SessionId("x"), "Third", report.items[-1].starts)
    later = replace(report.cover, issued=report.items[-1].ends)
    (item,) = replace(report, cover=later, items=loose).items_of(running)
    assert item.title == "Election of the committee"


def cover(**changes: Any) -> Cover:
    day = date(2026, 10, 24)
    whole = Cover("Congress", "Huế", day, date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC))
    return replace(whole, **changes)


def test_the_days_in_words() -> None:
    assert cover().days(EN) == "24 October 2026 to 26 October 2026"
    assert cover(ends=None).days(EN) == "24 October 2026"
    assert cover(ends=date(2026, 10, 24)).days(EN) == "24 October 2026"
    assert cover(starts=None).days(EN) == ""


def test_the_letterhead() -> None:
    vi = Translator("vi")
    assert cover().letterhead(vi).place_and_date == "Huế, ngày 26 tháng 10 năm 2026"
    assert cover(place="").letterhead(vi).place_and_date == "26 tháng 10 năm 2026"
    assert cover(motto=True).letterhead(vi).motto[1] == "Độc lập - Tự do - Hạnh phúc"
    assert cover(motto=True).letterhead(EN).motto == ()
    assert cover().letterhead(vi).motto == ()


def test_a_congress_without_place_and_days_has_minutes(held: SmallCongress) -> None:
    bare = replace(held.gather.minutes(), cover=cover(place="", starts=None), sessions=())
    facts = minutes.paper(EN, bare).blocks[0]
    assert facts == Facts((("Congress", "Congress"),))


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_every_card_has_its_code_and_a_qr(held: SmallCongress, lang: str) -> None:
    data = cards_pdf(Translator(lang), cover(), "Bầu Ban Chấp hành", held.cards)
    text = text_of(data)
    for card in held.cards:
        assert card.code in text
    assert text_of(held.exports.cards(lang, "Committee", held.cards)).count("Committee") >= 12


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("parts", [1, 2])
def test_a_sheet_of_cards_says_first_that_unsealed_ones_can_be_copied(
    lang: str, parts: int
) -> None:
    tr, card = Translator(lang), new_card(PollId("poll"), parts)
    sheet = text_of(cards_pdf(tr, cover(), "Committee", [card]))
    cover_page, _, _ = sheet.partition(grouped(card.codes[0]))
    kind = "half" if parts == 2 else "whole"
    said = " ".join(cover_page.split())
    for key in (
        "chair.issue.copied",
        f"export.cards.cover.{kind}.risk",
        "export.cards.cover.after",
    ):
        assert tr(key) in said


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_halves_of_cards_are_printed_apart_and_numbered(lang: str) -> None:
    cards = [new_card(PollId("poll"), 2) for _ in range(3)]
    for half, letter in enumerate("AB"):
        text = text_of(cards_pdf(Translator(lang), cover(), "Committee", cards, half))
        for number, card in enumerate(cards, start=1):
            assert grouped(card.codes[half]) in text
            assert grouped(card.codes[1 - half]) not in text
            assert f"{Translator(lang).number(number)} {letter}" in text
