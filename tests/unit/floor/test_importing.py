"""Reading a programme from a table."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.floor.importing import plan_programme
from congress.floor.model import ItemFault, ItemField, ItemKind, ItemReason
from congress.kernel.errors import InputError
from congress.kernel.table import Row, Table

HANOI = timezone(timedelta(hours=7))
DAY = date(2026, 3, 14)


def table(*rows: str) -> Table:
    return Table(
        "day.csv",
        tuple(Row(n, tuple(row.split("|"))) for n, row in enumerate(rows, start=1)),
    )


def utc(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 14, hour, minute, tzinfo=UTC)


def test_a_programme_is_read_in_local_time() -> None:
    report = plan_programme(
        table(
            "CHƯƠNG TRÌNH",
            "Ngày|Bắt đầu|Kết thúc|Nội dung|Phiên|Loại|Tài liệu|Biểu quyết",
            "14/03/2026|9h30|10h|Báo cáo chính trị|Sáng|Báo cáo|a.pdf; b.pdf ;|",
            "2026-03-14|08:00|09:30|Khai mạc|Sáng|KHAI MẠC",
        ),
        HANOI,
    )
    assert report.faults == ()
    first, second = report.items
    assert (first.starts, first.ends, first.kind) == (utc(1), utc(2, 30), ItemKind.OPENING)
    assert (second.title, second.session, second.kind) == (
        "Báo cáo chính trị",
        "Sáng",
        ItemKind.REPORT,
    )
    assert (second.papers, second.poll) == (("a.pdf", "b.pdf"), "")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Start|End|Title|Kind", "Election"),
        ("آغاز|اختتام|عنوان|نوعیت", "انتخابات"),
        ("Từ|Đến|Nội dung|Loại", "bầu cử"),
    ],
)
def test_headings_and_kinds_of_three_languages(heading: str, kind: str) -> None:
    report = plan_programme(table(heading, f"۹:۰۰|10.15|Committee|{kind}"), UTC, DAY)
    assert [(item.starts, item.ends, item.kind) for item in report.items] == [
        (utc(9), utc(10, 15), ItemKind.ELECTION)
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("09:05", utc(9, 5)),
        ("9h", utc(9)),
        ("9 AM", utc(9)),
        ("12:30 pm", utc(12, 30)),
        ("12:10AM", utc(0, 10)),
        ("09:00:00", utc(9)),
        ("2026-03-14T09:00:00", utc(9)),
    ],
)
def test_times_as_people_and_spreadsheets_write_them(written: str, expected: datetime) -> None:
    report = plan_programme(table("Start|End|Title", f"{written}|23:59|x"), UTC, DAY)
    assert report.items[0].starts == expected


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("|9:00|10:00|x", ItemField.DATE, ItemReason.EMPTY),
        ("soon|9:00|10:00|x", ItemField.DATE, ItemReason.NOT_A_DATE),
        ("30/02/2026|9:00|10:00|x", ItemField.DATE, ItemReason.NOT_A_DATE),
        ("0001-01-01|9:00|10:00|x", ItemField.DATE, ItemReason.NOT_A_DATE),
        ("14.3.2026||10:00|x", ItemField.STARTS, ItemReason.EMPTY),
        ("14.3.2026|9|10:00|x", ItemField.STARTS, ItemReason.NOT_A_TIME),
        ("14.3.2026|13 pm|23:00|x", ItemField.STARTS, ItemReason.NOT_A_TIME),
        ("14.3.2026|9:00|25:00|x", ItemField.ENDS, ItemReason.NOT_A_TIME),
        ("14.3.2026|9:00|09:00|x", ItemField.ENDS, ItemReason.ENDS_EARLY),
        ("14.3.2026|9:00|10:00|", ItemField.TITLE, ItemReason.EMPTY),
        ("14.3.2026|9:00|10:00|a\u202eb", ItemField.TITLE, ItemReason.UNREADABLE),
        ("14.3.2026|9:00|10:00|" + "x" * 201, ItemField.TITLE, ItemReason.TOO_LONG),
        ("14.3.2026|9:00|10:00|" + "x" * 9999, ItemField.TITLE, ItemReason.TOO_LONG),
        ("14.3.2026|9:00|10:00|x|dancing", ItemField.KIND, ItemReason.UNKNOWN_KIND),
    ],
)
def test_bad_cells_are_named(row: str, field: ItemField, reason: ItemReason) -> None:
    report = plan_programme(table("Date|Start|End|Title|Kind", row), UTC)
    assert report.items == ()
    assert report.faults == (ItemFault(2, field, reason),)


def test_a_file_without_headings_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        plan_programme(table("Start|Title", "9:00|x"), UTC)
    assert (caught.value.code, caught.value.params["file"]) == ("floor.no_heading", "day.csv")


CELL = st.one_of(st.text(max_size=6), st.sampled_from(["9:00", "10:30", "2026-03-14", "vote", "x"]))


@given(st.lists(st.lists(CELL, max_size=6).map(tuple), max_size=8))
def test_every_row_becomes_an_item_or_is_named(rows: list[tuple[str, ...]]) -> None:
    body = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    heading = Row(1, ("Date", "Start", "End", "Title", "Kind", "Papers"))
    report = plan_programme(Table("any", (heading, *body)), UTC, DAY)
    assert len(report.items) + len({fault.row for fault in report.faults}) == len(body)
