from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from congress.docs.model import Hit, Paper, PaperKind, PaperType, TextOrigin
from congress.docs.reading_list import Reading
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.models.hits import FIRST_ROLE, HitsModel, MoreHits, grouped
from congress.ui.models.listing import Heading, ListedPaper
from congress.ui.models.papers import (
    COVER_ROLE,
    META_ROLE,
    PapersModel,
    file_size,
    paper_line,
    reading_words,
)
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.models.thumbnails import ThumbnailModel
from congress.ui.widgets.hitrows import HitDelegate

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
RULES = Paper(
    PaperId("a" * 26),
    "Rules",
    "en",
    Clearance.PUBLIC,
    PaperKind.PDF,
    "rules.pdf",
    1,
    900,
    TextOrigin.PDF,
    NOON,
    NOON,
    VersionId("v" * 26),
)
DRAFT = replace(RULES, id=PaperId("b" * 26), title="Dự thảo", language="vi", pages=3)
SECRET = replace(RULES, id=PaperId("c" * 26), title="خفیہ", clearance=Clearance.SECRET)
HIT = Hit(RULES.id, "Rules", "rules.pdf", 4, "the quorum", ((4, 10),), 2.0, Clearance.PUBLIC)
TR = Translator("en")


def test_papers(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = PapersModel(TR)
    rules, draft = ListedPaper(RULES), ListedPaper(DRAFT, Reading.BEGUN, 40)
    model.set_rows([Heading("1. Opening", 1), rules, Heading("", 1), draft])
    asked: list[str] = []
    model.cover_needed.connect(asked.append)
    qtmodeltester.check(model)
    heading, first = model.index(0), model.index(1)
    assert heading.data() == "1. Opening"
    assert model.index(2).data() == "No agenda item"
    assert not heading.flags() & Qt.ItemFlag.ItemIsEnabled
    assert first.flags() & Qt.ItemFlag.ItemIsSelectable
    assert first.data() == "Rules"
    assert first.data(VALUE_ROLE) == rules
    assert "1 page" in first.data(META_ROLE)
    assert "Public" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "40% read" in model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first.data(Qt.ItemDataRole.UserRole + 50) is None
    assert heading.data(COVER_ROLE) is None
    asked.clear()
    assert first.data(COVER_ROLE) is None
    assert asked == [RULES.id]
    with qtbot.waitSignal(model.dataChanged):
        model.set_cover(RULES.id, QPixmap(4, 4))
    assert not first.data(COVER_ROLE).isNull()
    assert asked == [RULES.id]
    assert model.row_of(DRAFT.id) == 3
    assert model.row_of(SECRET.id) == -1
    model.set_cover(SECRET.id, QPixmap(4, 4))
    assert model.data(model.index(9)) is None
    assert model.rowCount(first) == 0


def test_a_new_version_asks_for_its_cover_and_shows_the_old_one_meanwhile(qtbot: QtBot) -> None:
    model = PapersModel(TR)
    model.set_rows([ListedPaper(RULES)])
    model.set_cover(RULES.id, QPixmap(4, 4))
    model.set_rows([ListedPaper(replace(RULES, version_id=VersionId("w" * 26)))])
    with qtbot.waitSignal(model.cover_needed):
        assert not model.index(0).data(COVER_ROLE).isNull()
    model.set_cover(RULES.id, None)
    with qtbot.assertNotEmitted(model.cover_needed):
        assert model.index(0).data(COVER_ROLE) is None


def test_only_some_covers_are_kept() -> None:
    papers = [replace(RULES, id=PaperId(f"{number:026}")) for number in range(400)]
    model = PapersModel(TR)
    model.set_rows([ListedPaper(paper) for paper in papers])
    for paper in papers:
        model.set_cover(paper.id, QPixmap(4, 4))
    assert len(model._covers) == 300
    assert model.index(399).data(COVER_ROLE) is not None
    assert model.index(0).data(COVER_ROLE) is None


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading.UNREAD, "Unread"),
        (Reading.UPDATED, "Updated"),
        (Reading.BEGUN, "40% read"),
        (Reading.READ, "Read"),
    ],
)
def test_how_far_a_paper_is_read(reading: Reading, words: str) -> None:
    assert reading_words(TR, ListedPaper(RULES, reading, 40)) == words


def test_a_paper_names_its_number_type_and_agenda_item() -> None:
    paper = replace(RULES, number="12/b", type=PaperType.DRAFT, agenda="3. Finances")
    model = PapersModel(TR)
    model.set_rows([ListedPaper(paper)])
    assert "12/b" in model.index(0).data()
    assert paper_line(TR, paper).startswith("Draft · 3. Finances")


def test_a_hit_says_what_was_found_beside_its_page(context: UiContext, qtbot: QtBot) -> None:
    model = HitsModel(context.tr)
    told = replace(HIT, about="3. Elections", about_highlights=((3, 12),))
    model.set_rows([told, HIT])
    spoken = [
        model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())
    ]
    assert spoken == ["Rules, page 4, 3. Elections, the quorum", "Rules, page 4, the quorum"]
    view = QTableView()
    qtbot.addWidget(view)
    rows = HitDelegate(context, view)
    heights = []
    for hit in (told, HIT):
        model.set_rows([hit])
        heights.append(rows.sizeHint(QStyleOptionViewItem(), model.index(0)).height())
    assert heights[0] - heights[1] == rows.height(rows.label)


def test_hits(qtmodeltester: ModelTester) -> None:
    model = HitsModel(TR)
    second = replace(HIT, page=7)
    model.set_rows([HIT, second, MoreHits(HIT.paper, 3)])
    qtmodeltester.check(model)
    index = model.index(0)
    assert index.data() == "Rules"
    assert index.data(META_ROLE) == "page 4"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Rules, page 4, the quorum"
    assert index.data(Qt.ItemDataRole.UserRole + 50) is None
    assert [model.index(row).data(FIRST_ROLE) for row in range(2)] == [True, False]
    assert model.index(2).data() == "3 more pages in this paper"
    assert model.index(2).data(META_ROLE) is None
    assert model.data(model.index(9)) is None


def test_hits_of_one_paper_stand_together() -> None:
    def hit(paper: Paper, page: int) -> Hit:
        return replace(HIT, paper=paper.id, page=page)

    hits = [hit(DRAFT, 1), hit(RULES, 1), hit(DRAFT, 5), hit(DRAFT, 3), hit(SECRET, 2)]
    counts = {DRAFT.id: 9, RULES.id: 1}
    first = [hit(DRAFT, 1), hit(DRAFT, 5), MoreHits(DRAFT.id, 7)]
    rest = [hit(RULES, 1), hit(SECRET, 2)]
    assert grouped(hits, counts, {}) == first + rest
    assert grouped(hits, {}, {}) == [*first[:2], MoreHits(DRAFT.id, 1), *rest]
    every = [hit(DRAFT, page) for page in range(1, 10)]
    assert grouped(hits, counts, {DRAFT.id: every}) == every + rest


def test_thumbnails(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = ThumbnailModel(TR, 100)
    model.set_pages([(200, 400), (100, 100)])
    asked: list[int] = []
    model.needed.connect(asked.append)
    qtmodeltester.check(model)
    icon = model.index(0).data(Qt.ItemDataRole.DecorationRole)
    assert icon.availableSizes()[0].toTuple() == (100, 200)
    model.index(1).data(Qt.ItemDataRole.DecorationRole)
    model.index(1).data(Qt.ItemDataRole.DecorationRole)
    assert asked == [0, 1]
    model.set_picture(1, QImage(50, 50, QImage.Format.Format_RGB32))
    icon = model.index(1).data(Qt.ItemDataRole.DecorationRole)
    assert icon.availableSizes()[0].toTuple() == (50, 50)
    assert model.index(1).data() == "2"
    assert model.index(1).data(VALUE_ROLE) == 2
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "page 2"
    assert model.index(1).data(Qt.ItemDataRole.UserRole + 50) is None
    assert model.data(model.index(5)) is None


def test_a_scan_says_so() -> None:
    assert "not searchable" in paper_line(TR, replace(RULES, origin=TextOrigin.NONE))
    assert "not searchable" not in paper_line(TR, RULES)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 KB"), (900, "1 KB"), (20_480, "20 KB"), (3_145_728, "3 MB")]
)
def test_sizes(size: int, words: str) -> None:
    assert file_size(TR, size) == words
