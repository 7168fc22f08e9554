"""Says which column of a table holds what, from its headings in three languages.

The proposal is only that: a person sees it and can change it before anything is imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from congress.kernel.errors import InputError
from congress.kernel.folding import fold
from congress.kernel.table import Row, Table
from congress.people.model import SEVERAL, Field

_LOOK_FOR_HEADING = 15

# Headings people use, in English, Vietnamese and Urdu; compared folded. Order within a field
# does not matter: the longest that fits wins.
_HEADINGS: Mapping[Field, str] = {
    Field.BADGE: (
        "badge|badge number|badge no|badge id|card number|card no|delegate number|delegate no|"
        "delegate id|number|id|code|"
        "số thẻ|mã thẻ|thẻ|thẻ đại biểu|số thẻ đại biểu|mã đại biểu|số đại biểu|mã số|số hiệu|"
        "số báo danh|mã|"
        "بیج|بیج نمبر|کارڈ نمبر|مندوب نمبر|شناختی نمبر|نمبر|کوڈ"
    ),
    Field.NAME: (
        "name|full name|delegate name|delegate|participant|person|"
        "họ tên|họ và tên|tên|tên đại biểu|họ tên đại biểu|họ và tên đại biểu|đại biểu|"
        "نام|پورا نام|مندوب کا نام|اسم"
    ),
    Field.DELEGATION: (
        "delegation|section|group|organisation|organization|country|unit|branch|chapter|"
        "đoàn|đoàn đại biểu|đơn vị|tổ|chi bộ|đảng bộ|tổ chức|cơ quan|địa phương|"
        "وفد|شعبہ|گروہ|تنظیم|ملک|شاخ|حلقہ"
    ),
    Field.STANDING: (
        "standing|role|capacity|type|category|status|delegate type|"
        "tư cách|tư cách đại biểu|loại|loại đại biểu|thành phần|vai trò|diện|"
        "حیثیت|کردار|قسم|درجہ"
    ),
    Field.SEAT: (
        "seat|seat number|seat no|place|"
        "ghế|số ghế|chỗ|chỗ ngồi|vị trí|vị trí ngồi|"
        "نشست|نشست نمبر|کرسی|سیٹ"
    ),
    Field.OFFICE: (
        "office|position|title|function|job title|post|chức vụ|chức danh|chức trách|عہدہ|منصب"
    ),
    Field.WEIGHT: (
        "weight|votes|number of votes|vote weight|card votes|"
        "số phiếu|số phiếu bầu|hệ số|trọng số|"
        "ووٹ|ووٹوں کی تعداد|وزن"
    ),
    Field.LANGUAGE: "language|lang|preferred language|ngôn ngữ|tiếng|زبان",
    Field.CONTACT: (
        "contact|phone|phone number|telephone|mobile|email|e-mail|mail|address|"
        "liên hệ|liên lạc|điện thoại|số điện thoại|đt|di động|thư điện tử|địa chỉ|"
        "رابطہ|فون|فون نمبر|موبائل|ای میل|پتہ"
    ),
    Field.CONVENER: (
        "convener|convenor|convening committee|"
        "cấp ủy viên|cấp ủy triệu tập|cấp ủy viên cấp triệu tập|triệu tập|"
        "داعی|کنوینر|مجلس داعی"
    ),
    Field.SEX: "sex|gender|m/f|giới tính|giới|nam nữ|جنس|صنف",
    Field.BORN: (
        "born|year of birth|birth year|date of birth|birth date|dob|"
        "năm sinh|ngày sinh|ngày tháng năm sinh|sinh năm|"
        "سال پیدائش|تاریخ پیدائش|پیدائش"
    ),
    Field.PHOTO: (
        "photo|photos|photo file|photo files|photo name|photo file name|photograph|photographs|"
        "picture|pictures|portrait|portraits|image|images|image file|"
        "ảnh|ảnh thẻ|ảnh chân dung|ảnh đại biểu|hình|hình ảnh|tệp ảnh|file ảnh|tên tệp ảnh|"
        "tên ảnh|tên file ảnh|"
        "تصویر|تصاویر|تصویری فائل|تصویر کی فائل|فوٹو"
    ),
}


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text[:200])).split())


_FIELD_OF = {_plain(word): field for field, words in _HEADINGS.items() for word in words.split("|")}


def _likeness(heading: str) -> dict[Field, int]:
    """How well a heading fits each field: whole headings before those that stand inside."""
    plain = _plain(heading)
    found: dict[Field, int] = {}
    for word, field in _FIELD_OF.items():
        if plain == word:
            found[field] = 1000
        elif f" {word} " in f" {plain} ":
            found[field] = max(found.get(field, 0), len(word))
    return found


def _assign(headings: tuple[str, ...]) -> tuple[Field | None, ...]:
    fits = [
        (-score, column, field)
        for column, heading in enumerate(headings)
        for field, score in _likeness(heading).items()
    ]
    fields: list[Field | None] = [None] * len(headings)
    for _, column, field in sorted(fits):
        if fields[column] is None and (field in SEVERAL or field not in fields):
            fields[column] = field
    return tuple(fields)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds which field.

    Attributes:
        heading: Number of the row with the headings; rows up to it are not imported.
        headings: The headings, one per column.
        fields: The field of each column, ``None`` for a column that is left out. No field
            stands twice but those in ``SEVERAL``.
    """

    heading: int
    headings: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def assign(self, column: int, field: Field | None) -> "Columns":
        """Return the same with ``column`` holding ``field``, and no other column holding it.

        Of the fields in ``SEVERAL`` other columns keep theirs.
        """
        alone = field not in SEVERAL
        fields = [None if alone and other is field else other for other in self.fields]
        fields[column] = field
        return replace(self, fields=tuple(fields))

    def require(self, field: Field) -> None:
        """Refuse to go on without a column for ``field``.

        Raises:
            InputError: ``people.no_badge_column``, ``people.no_name_column``.
        """
        if field not in self.fields:
            raise InputError(f"people.no_{field.value}_column", headings=", ".join(self.headings))

    def cells(self, row: Row) -> dict[Field, str]:
        """Return the cells of ``row`` by field; a row that ends early has empty cells.

        Several cells of one field stand in one, each on a line of its own.
        """
        found: dict[Field, str] = {}
        for column, field in enumerate(self.fields):
            if field is not None:
                cell = row.cells[column] if column < len(row.cells) else ""
                found[field] = f"{found[field]}\n{cell}" if field in found else cell
        return found


def propose_columns(table: Table) -> Columns:
    """Return the most likely meaning of the columns of ``table``.

    The heading is the row, among the first ones, in which most headings are known: lists often
    begin with a title. Without any known heading it is the first row, and no column means
    anything until a person says so.

    Raises:
        InputError: ``table.empty``.
    """
    if not table.rows:
        raise InputError("table.empty", file=table.file)
    width = table.width
    return max((_columns(row, width) for row in table.rows[:_LOOK_FOR_HEADING]), key=_known)


def _columns(row: Row, width: int) -> Columns:
    headings = row.cells + ("",) * (width - len(row.cells))
    return Columns(row.number, headings, _assign(headings))


def _known(columns: Columns) -> int:
    return sum(field is not None for field in columns.fields)
