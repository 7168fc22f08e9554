"""What the columns of a table mean."""

import pytest

from congress.kernel.errors import InputError
from congress.kernel.table import Row, Table
from congress.people.mapping import propose_columns
from congress.people.model import Field


def table(*rows: tuple[str, ...]) -> Table:
    return Table("a.csv", tuple(Row(n, cells) for n, cells in enumerate(rows, start=1)))


@pytest.mark.parametrize(
    "headings",
    [
        "Badge number|Full name|Delegation|Role|Seat|Office|Weight|Language|Contact|Convener|"
        "Sex|Born|Photo files",
        "BADGE NO.|Name of delegate|Country|Standing|Seat no|Position|Votes|Lang|E-mail|Convenor|"
        "Gender|Year of birth|Picture",
        "Số thẻ|Họ và tên|Đoàn đại biểu|Tư cách|Số ghế|Chức vụ|Số phiếu|Ngôn ngữ|Điện thoại|"
        "Cấp ủy viên triệu tập|Giới tính|Năm sinh|Ảnh",
        "MÃ ĐẠI BIỂU|HỌ TÊN|ĐƠN VỊ|LOẠI ĐẠI BIỂU|VỊ TRÍ|CHỨC DANH|HỆ SỐ|TIẾNG|LIÊN HỆ|CẤP ỦY VIÊN|"
        "GIỚI TÍNH|NGÀY SINH|ẢNH THẺ",
        "بیج نمبر|نام|وفد|حیثیت|نشست|عہدہ|ووٹ|زبان|رابطہ|داعی|جنس|سال پیدائش|تصویر",
        "كارڈ نمبر|پورا نام|تنظيم|کردار|نشست نمبر|منصب|وزن|زبان|فون نمبر|مجلسِ داعی|"
        "صنف|تاریخ پیدائش|تصاویر",
    ],
)
def test_headings_are_known_in_three_languages(headings: str) -> None:
    assert propose_columns(table(tuple(headings.split("|")))).fields == tuple(Field)


def test_unknown_columns_are_left_out_and_no_field_stands_twice() -> None:
    columns = propose_columns(table(("STT", "Name", "Name of the hotel", "Badge", "Shoe size")))
    assert columns.fields == (None, Field.NAME, None, Field.BADGE, None)


def test_several_columns_may_name_photographs() -> None:
    found = table(("Badge", "Name", "Photo 1", "Photo 2"), ("A1", "Bohr", "a.jpg", "b.jpg"))
    columns = propose_columns(found)
    assert columns.fields == (Field.BADGE, Field.NAME, Field.PHOTO, Field.PHOTO)
    assert columns.cells(found.rows[1])[Field.PHOTO] == "a.jpg\nb.jpg"
    again = columns.assign(2, None).assign(2, Field.PHOTO)
    assert again.fields == columns.fields


def test_titles_above_the_heading_are_passed_over() -> None:
    columns = propose_columns(
        table(("DANH SÁCH ĐẠI BIỂU",), ("TT", "Số thẻ", "Họ và tên"), ("1", "A1", "Bohr"))
    )
    assert columns.heading == 2
    assert columns.fields == (None, Field.BADGE, Field.NAME)


def test_without_known_headings_nothing_is_guessed() -> None:
    columns = propose_columns(table(("A1", "Bohr"), ("A2", "Curie", "x")))
    assert columns.heading == 1
    assert columns.headings == ("A1", "Bohr", "")
    assert columns.fields == (None, None, None)


def test_a_person_can_say_otherwise() -> None:
    columns = propose_columns(table(("Badge", "Name", "Alias")))
    changed = columns.assign(2, Field.NAME)
    assert changed.fields == (Field.BADGE, None, Field.NAME)
    assert changed.assign(0, None).fields == (None, None, Field.NAME)


def test_short_rows_have_empty_cells() -> None:
    columns = propose_columns(table(("Badge", "Name", "Seat")))
    assert columns.cells(Row(2, ("A1",))) == {Field.BADGE: "A1", Field.NAME: "", Field.SEAT: ""}


@pytest.mark.parametrize("field", [Field.BADGE, Field.NAME])
def test_badge_and_name_are_needed(field: Field) -> None:
    columns = propose_columns(table(("Badge", "Name")))
    columns.require(field)
    with pytest.raises(InputError) as caught:
        columns.assign(list(columns.fields).index(field), None).require(field)
    assert caught.value.code == f"people.no_{field}_column"


def test_an_empty_table_has_no_columns() -> None:
    with pytest.raises(InputError) as caught:
        propose_columns(table())
    assert caught.value.code == "table.empty"
