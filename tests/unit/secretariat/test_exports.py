import io
import json
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from congress.i18n.translator import Translator
from congress.kernel.errors import Cancelled, RefusedError
from congress.kernel.progress import CancelFlag
from congress.kernel.roles import Role
from congress.secretariat import attendance, credentials, minutes, resultpaper
from congress.secretariat.blocks import as_data
from congress.secretariat.exports import Format, Kind
from congress.secretariat.typeset import Paper
from tests.helpers.smallcongress import NAMES, SmallCongress
from tests.unit.secretariat.pdftext import recall, text_of

LANGS = ("en", "vi", "ur")


class Watching(CancelFlag):
    """Progress that writes down what it is told, and cancels after a number of steps."""

    def __init__(self, stop_after: int = 10_000) -> None:
        super().__init__()
        self.told: list[tuple[int, int, str]] = []
        self._stop_after = stop_after

    def report(self, done: int, total: int, label: str = "") -> None:
        self.told.append((done, total, label))
        if done >= self._stop_after:
            self.raise_flag()


def written(paper: Paper) -> str:
    """Return every text that a paper holds, in no order."""

    def texts(value: object) -> list[str]:
        match value:
            case str():
                return [value]
            case dict():
                return [text for key, item in value.items() if key in SHOWN for text in texts(item)]
            case list() | tuple():
                return [text for item in value for text in texts(item)]
        return []

    blocks = [text for block in paper.blocks for text in texts(dict(as_data(block)))]
    return " ".join([paper.title, paper.subtitle, paper.footer, *blocks])


SHOWN = {
    "text",
    "lead",
    "rows",
    "entries",
    "columns",
    "title",
    "caption",
    "label",
    "value",
    "mark",
    "parties",
    "capacity",
    "hint",
    "name",
}


def test_every_language_gets_every_paper_in_every_form(exported: dict[str, bytes]) -> None:
    for kind, lang in product(Kind, LANGS):
        for form in ("pdf", "xlsx", "json"):
            assert f"{kind}.{lang}.{form}" in exported
    tables = {
        "credentials": ("sessions", "standings", "delegations", "base", "absences"),
        "attendance": ("sessions", "delegations", "register", "matrix", "base"),
        "results": (
            "polls",
            "votes",
            "arithmetic",
            "reconciliation",
            "names",
            "electors",
            "proxies",
            "weights",
            "stages",
            "complaints",
        ),
        "minutes": ("sessions", "items", "decisions", "elected"),
    }
    csvs = {
        f"{kind}-{table}.{lang}.csv"
        for kind, names in tables.items()
        for table in names
        for lang in LANGS
    }
    assert csvs == {name for name in exported if name.endswith(".csv")}
    assert len(exported) == 3 * len(tables) * 3 + len(csvs)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", list(Kind))
def test_the_words_of_every_pdf_can_be_found(
    held: SmallCongress, exported: dict[str, bytes], kind: Kind, lang: str
) -> None:
    tr = Translator(lang)
    paper = {
        Kind.CREDENTIALS: lambda: credentials.paper(tr, held.gather.credentials()),
        Kind.ATTENDANCE: lambda: attendance.paper(tr, held.gather.attendance()),
        Kind.RESULTS: lambda: resultpaper.paper(tr, held.gather.results()),
        Kind.MINUTES: lambda: minutes.paper(tr, held.gather.minutes()),
    }[kind]()
    assert recall(written(paper), text_of(exported[f"{kind}.{lang}.pdf"])) >= 0.95


@pytest.mark.parametrize("lang", LANGS)
def test_the_names_of_all_delegates_are_in_the_attendance(
    exported: dict[str, bytes], lang: str
) -> None:
    text = text_of(exported[f"attendance.{lang}.pdf"])
    names = " ".join(name for _, name, _ in NAMES if "=" not in name and "#" not in name)
    assert recall(names, text) == 1.0


@pytest.mark.parametrize("kind", list(Kind))
def test_the_numbers_are_the_same_in_every_language(exported: dict[str, bytes], kind: Kind) -> None:
    def numbers(lang: str) -> dict[str, list[list[object]]]:
        tables = json.loads(exported[f"{kind}.{lang}.json"])["tables"]
        return {
            name: [[v for v in row.values() if isinstance(v, int) or v is None] for row in rows]
            for name, rows in tables.items()
        }

    assert numbers("en") == numbers("vi") == numbers("ur")


def test_json_says_what_it_is_and_is_the_same_every_time(
    held: SmallCongress, exported: dict[str, bytes], tmp_path: Path
) -> None:
    again = held.export(tmp_path / "again", "vi")
    for name in ("results.vi.json", "results.vi.pdf", "attendance-register.vi.csv"):
        assert again[name] == exported[name]
    head = json.loads(exported["results.vi.json"])
    assert head["format"] == "paperless-congress/export/1"
    assert (head["paper"], head["language"]) == ("results", "vi")
    assert head["congress"]["starts"] == "2026-10-24"
    assert head["issued"].endswith("+07:00")


def test_the_workbook_in_urdu_is_mirrored_and_complete(exported: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(exported["attendance.ur.xlsx"]))
    assert all(page.sheet_view.rightToLeft for page in book.worksheets)
    assert len(book.worksheets) == 5
    assert book.worksheets[2].max_row == 1 + 2 * 14


def test_a_formula_in_a_name_is_defused(exported: dict[str, bytes]) -> None:
    text = exported["attendance-matrix.en.csv"].decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert ',"=HYPERLINK' not in text


def test_only_what_is_asked_for_is_written(held: SmallCongress, tmp_path: Path) -> None:
    watching = Watching()
    paths = held.exports.write(
        tmp_path / "out",
        "vi",
        kinds=[Kind.MINUTES],
        formats=[Format.JSON, Format.PDF],
        progress=watching,
    )
    assert [path.name for path in paths] == ["minutes.vi.pdf", "minutes.vi.json"]
    assert watching.told == [(0, 2, "minutes.vi.pdf"), (1, 2, "minutes.vi.json"), (2, 2, "")]


def test_whoever_cancels_leaves_nothing(held: SmallCongress, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        held.exports.write(tmp_path / "out", "en", "vi", progress=Watching(stop_after=3))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.DELEGATE, Role.PROJECTOR])
def test_who_may_not_export_is_refused(role: Role, tmp_path: Path) -> None:
    congress = SmallCongress(role=role)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        congress.exports.write(tmp_path / "out", "en")
    assert list(tmp_path.iterdir()) == []


def test_a_congress_that_has_not_met_has_papers_too(tmp_path: Path) -> None:
    files = SmallCongress().export(tmp_path / "out", "en")
    assert "No session has been opened yet." in text_of(files["attendance.en.pdf"])
    assert "No poll has been counted yet." in text_of(files["results.en.pdf"])
    assert "No session has been opened yet." in text_of(files["minutes.en.pdf"])
    assert "attendance-base.en.csv" not in files


def test_every_pdf_is_tagged_and_dated_from_the_congress(exported: dict[str, bytes]) -> None:
    for name, data in exported.items():
        if name.endswith(".pdf"):
            assert b"/StructTreeRoot" in data
            found = pypdfium2.PdfDocument(data).get_metadata_dict()
            assert found["CreationDate"].startswith("D:20261025"), name
            assert found["Title"]
