import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest

from congress.assets import asset
from congress.demo.papers import Occasion, SamplePaper, manifest, paper_bytes, write_papers
from congress.demo.sample import sample_paper
from congress.docs.model import PaperType
from congress.docs.text.docx import read_docx
from congress.i18n.translator import Translator
from congress.kernel.roles import Clearance
from tests.unit.secretariat.pdftext import recall, text_of

OCCASION = Occasion(
    {"en": "Fifth Congress", "vi": "Đại hội V", "ur": "پانچویں کانگریس"},
    {"en": "Brussels", "vi": "Brussels", "ur": "برسلز"},
    date(2026, 10, 24),
)
PROSE = asset("samples") / "papers"
TABLE = re.compile(r"(?:^\|.*\|$\n?)+", re.MULTILINE)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("papers") / "deep"
    return {sample.file: path.read_bytes() for sample, path in write_papers(folder, OCCASION)}


def sample(file: str) -> SamplePaper:
    return next(each for each in manifest() if each.file == file)


def spoken(file: str) -> str:
    """Return the prose of a paper without its commands and values."""
    text = (PROSE / sample(file).source).read_text(encoding="utf-8")
    text = re.sub(
        r"\[\[(?:contents|newpage|sign)|```(?:columns|bars)?|^Table:", " ", text, flags=re.M
    )
    return re.sub(r"\{\w+\}|\\$", " ", text)


def test_the_library_has_what_a_congress_needs() -> None:
    found = manifest()
    assert {each.clearance for each in found} == set(Clearance)
    assert {each.language for each in found if each.type is PaperType.AGENDA} == {"en", "vi", "ur"}
    assert {each.language for each in found if each.type is PaperType.DRAFT} == {"en", "vi", "ur"}
    assert {each.language for each in found if each.type is PaperType.STATUTE} == {"en", "vi"}
    assert len({each.file for each in found}) == len({each.source for each in found}) == len(found)
    assert {path.name for path in PROSE.glob("*.md")} == {each.source for each in found}


@pytest.mark.parametrize("each", manifest(), ids=lambda each: each.file)
def test_every_word_of_every_paper_can_be_found(
    papers: dict[str, bytes], each: SamplePaper
) -> None:
    data = papers[each.file]
    if each.file.endswith(".pdf"):
        text = text_of(data)
        assert pypdfium2.PdfDocument(data).get_metadata_dict()["Title"] == each.title
    else:
        text = " ".join(page.text for page in read_docx(data).pages)
    assert recall(f"{each.title} {spoken(each.file)}", text) >= 0.99


def test_the_report_is_long_and_repeats_nothing(papers: dict[str, bytes]) -> None:
    assert len(pypdfium2.PdfDocument(papers["report-en.pdf"])) >= 30
    text = (PROSE / "report.en.md").read_text(encoding="utf-8")
    paragraphs = [part for part in text.split("\n\n") if len(part) > 80]
    assert len(paragraphs) == len(set(paragraphs)) > 100
    sentences = [s.strip() for part in paragraphs for s in re.split(r"(?<=[.?!]) ", part)]
    long = [sentence for sentence in sentences if len(sentence) > 40 and "|" not in sentence]
    assert len(long) == len(set(long))


def number(cell: str) -> Fraction | None:
    try:
        return Fraction(cell.strip(" *").replace(",", "").replace("−", "-").replace("- ", "-"))
    except ValueError:
        return None


@pytest.mark.parametrize("path", sorted(PROSE.glob("*.md")), ids=lambda path: path.name)
def test_every_total_is_the_sum_of_its_column(path: Path) -> None:
    for table in TABLE.findall(path.read_text(encoding="utf-8")):
        head, _, *rows = (
            [c.strip() for c in line.strip("|").split("|")] for line in table.split("\n") if line
        )
        for at, row in enumerate(rows):
            if not row[0].startswith("**"):
                continue
            for column, title in enumerate(head):
                parts = [number(line[column]) for line in rows[:at]]
                total = number(row[column])
                if column and total is not None and None not in parts and "for each" not in title:
                    assert sum(part for part in parts if part is not None) == total, (row, title)


def test_papers_name_the_days_and_the_years_of_the_congress(papers: dict[str, bytes]) -> None:
    assert "25 October 2026" in text_of(papers["agenda-en.pdf"])
    vi = " ".join(text_of(papers["agenda-vi.pdf"]).split())
    assert "26 tháng 10 năm 2026" in vi
    values = OCCASION.values(Translator("en"))
    assert [values[f"y{i}"] for i in range(1, 6)] == ["2022", "2023", "2024", "2025", "2026"]
    spring = Occasion(OCCASION.names, OCCASION.places, date(2026, 3, 14))
    assert spring.values(Translator("en"))["y5"] == "2025"


def test_a_paper_shows_who_may_read_it(papers: dict[str, bytes]) -> None:
    assert "Secret" in text_of(papers["vetting-note-en.pdf"])
    assert "Restricted" in text_of(papers["audit-note-en.pdf"])


def test_the_same_congress_gets_the_same_papers(papers: dict[str, bytes]) -> None:
    for file in ("agenda-ur.pdf", "draft-resolution-ur.docx"):
        assert paper_bytes(sample(file), OCCASION) == papers[file]


def shape(source: str) -> list[str]:
    """Return what kind of block each line of a paper begins, without its words."""
    starts = ("# ", "## ", "- ", "> ", "| ", "|-", "**", "Table: ", "[[")
    lines = (PROSE / source).read_text(encoding="utf-8").splitlines()
    numbered = re.compile(r"\d+\. ")
    return [
        next((start for start in starts if line.startswith(start)), "1.")
        for line in lines
        if line.startswith(starts) or numbered.match(line)
    ]


def test_translations_have_the_same_shape() -> None:
    for name, languages in (("agenda", "vi ur"), ("resolution", "vi ur"), ("rules", "vi")):
        for lang in languages.split():
            assert shape(f"{name}.{lang}.md") == shape(f"{name}.en.md")


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_the_agenda_is_the_paper_to_try_the_library_with(lang: str) -> None:
    name, data = sample_paper(lang)
    assert name == f"agenda-{lang}.pdf"
    assert data.startswith(b"%PDF")
