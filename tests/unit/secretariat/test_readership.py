from collections.abc import Iterator

import pytest

from congress.app import OpenCongress
from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.secretariat.csvfile import csv_bytes
from congress.secretariat.readership import sheets, trace_text
from tests.helpers.handouts import cheap_handout, open_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCongress]:
    with open_house(tmp_path_factory.mktemp("readership")) as congress:
        paper = next(each for each in congress.library.papers() if each.number == "1")
        congress.library.open(paper.id).close()
        congress.handout.access.read(paper.id, paper.version_id, {1, 2})
        yield congress


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_the_tables_hold_every_paper_and_reader(house: OpenCongress, lang: str) -> None:
    by_paper, by_reader = sheets(Translator(lang), house.handout.access.report())
    assert [row[1] for row in by_paper.rows] == ["1", "12", "2", "4", "5", "6"]
    # The screen of the hall reads nothing; only the secretariat may read the last two.
    assert [row[3] for row in by_paper.rows] == [2, 2, 2, 2, 1, 1]
    assert by_paper.rows[0][4:] == (1, 0, 1)
    assert len(by_reader.rows) == 10
    assert b"Title report.pdf" in csv_bytes(Translator(lang), by_reader)


def test_a_trace_is_told_in_words(house: OpenCongress) -> None:
    copies = cheap_handout(house).copies
    code = copies.own_code()
    tr = Translator("en")
    (exact,) = copies.trace(code)
    told = trace_text(tr, exact)
    assert codes.grouped(code) in told
    assert "secretariat" in told
    (like,) = copies.trace("?" + code[1:])
    assert trace_text(tr, like).startswith("Like, but not exactly")
