"""The tables behind a result: weights, stages, complaints, and ballots on paper."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.secretariat import results
from congress.secretariat.model import Cover, ResultReport
from congress.secretariat.resultdetails import complaints_sheet, stages_sheet, weights_sheet
from congress.secretariat.worksheet import Sheet
from congress.voting.model import Complaint
from congress.voting.outcome import SectionCount
from congress.voting.stv.model import Stage, Step
from tests.helpers.hall import APPROVAL, Hall

EN = Translator("en")
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
COVER = Cover("Congress", "", None, None, NOON)


def rows(sheet: Sheet) -> list[dict[str, object]]:
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet.rows]


@pytest.fixture(scope="module")
def report() -> ResultReport:
    hall = Hall()
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    hall.count(poll.id)
    return ResultReport(COVER, (hall.booth.result(poll.id),), {})


def test_weights_are_told_by_section(report: ResultReport) -> None:
    (result,) = report.results
    half = SectionCount("unions", Fraction(7, 2), 0, Fraction(1, 2), {"A": Fraction(3), "B": 0})
    weighed = replace(result, counts=(replace(result.counts[0], weighted=(half,)),))
    told = rows(weights_sheet(EN, replace(report, results=(weighed,))))
    assert [(row["section"], row["option"], row["weight"]) for row in told] == [
        ("unions", "Name A", 3),
        ("unions", "Name B", 0),
    ]
    assert told[0]["cast"] == Fraction(7, 2)
    assert told[0]["valid"] == 3
    assert weights_sheet(EN, report).rows == ()


def test_every_stage_of_a_ranked_count_is_told(report: ResultReport) -> None:
    (result,) = report.results
    votes = (Fraction(4), Fraction(3), Fraction(2), Fraction(1))
    stage = Stage(next(iter(Step)), None, votes, Fraction(1, 3), Fraction(4), (0,))
    ranked = replace(result, verdicts=(replace(result.verdicts[0], stages=(stage, stage)),))
    told = rows(stages_sheet(EN, replace(report, results=(ranked,))))
    assert len(told) == 2 * 5
    assert [row["votes"] for row in told[:5]] == [*votes, Fraction(1, 3)]
    assert [row["elected"] for row in told[:5]] == ["Yes", "", "", "", ""]
    assert {row["stage"] for row in told[5:]} == {2}


def test_complaints_and_paper_ballots_are_told(report: ResultReport) -> None:
    poll_id = report.results[0].poll.id
    made = Complaint("c" * 26, poll_id, NOON, "Delegate 3", "Too loud.", "Noted.", NOON)
    told = replace(report, complaints={poll_id: (made,)}, on_paper={poll_id: 3})
    (row,) = rows(complaints_sheet(EN, told))
    assert (row["complainant"], row["text"], row["decision"]) == (
        "Delegate 3",
        "Too loud.",
        "Noted.",
    )
    (account,) = rows(results.reconciliation_sheet(EN, told))
    assert account["on_paper"] == 3
    assert rows(complaints_sheet(EN, replace(report, complaints={PollId("x"): (made,)}))) == []
