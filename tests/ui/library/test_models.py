from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from congress.docs.model import Hit, Paper, PaperKind, TextOrigin
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance
from congress.ui.models.papers import (
    COVER_ROLE,
    META_ROLE,
    Filters,
    HitsModel,
    PapersModel,
    file_size,
    paper_line,
)
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.models.thumbnails import ThumbnailModel

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
    model.set_rows([RULES, DRAFT])
    asked: list[str] = []
    model.cover_needed.connect(asked.append)
    qtmodeltester.check(model)
    first = model.index(0)
    assert first.data() == "Rules"
    assert first.data(VALUE_ROLE) == RULES
    assert "1 page" in first.data(META_ROLE)
    assert "Public" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert first.data(Qt.ItemDataRole.UserRole + 50) is None
    assert first.data(COVER_ROLE) is None
    assert first.data(COVER_ROLE) is None
    assert asked == [RULES.id]
    with qtbot.waitSignal(model.dataChanged):
        model.set_cover(RULES.id, QPixmap(4, 4))
    assert not first.data(COVER_ROLE).isNull()
    assert model.row_of(DRAFT.id) == 1
    assert model.row_of(SECRET.id) == -1
    assert model.data(model.index(9)) is None
    assert model.rowCount(first) == 0


def test_hits(qtmodeltester: ModelTester) -> None:
    model = HitsModel(TR)
    model.set_rows([HIT])
    qtmodeltester.check(model)
    index = model.index(0)
    assert index.data() == "Rules"
    assert index.data(META_ROLE) == "page 4"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Rules, page 4, the quorum"
    assert index.data(Qt.ItemDataRole.UserRole + 50) is None
    assert model.data(model.index(9)) is None
    assert model.rows == (HIT,)


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


def test_filters_combine() -> None:
    papers = [RULES, DRAFT, SECRET]
    none = Filters()
    assert not none.active
    assert all(none.keeps(paper) for paper in papers)
    english = none.toggled("language", "en")
    assert english.active
    assert [paper for paper in papers if english.keeps(paper)] == [RULES, SECRET]
    both = english.toggled("language", "vi")
    assert all(both.keeps(paper) for paper in papers)
    assert not both.toggled("language", "vi").toggled("language", "en").active
    secret = english.toggled("clearance", "secret")
    assert [paper for paper in papers if secret.keeps(paper)] == [SECRET]


def test_counts_tell_what_a_value_would_keep() -> None:
    papers = [RULES, DRAFT, SECRET]
    filters = Filters().toggled("language", "en")
    assert filters.counts(papers, "language") == [("en", 2), ("vi", 1)]
    assert filters.counts(papers, "clearance") == [("public", 1), ("secret", 1)]


def test_a_scan_says_so() -> None:
    assert "not searchable" in paper_line(TR, replace(RULES, origin=TextOrigin.NONE))
    assert "not searchable" not in paper_line(TR, RULES)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 KB"), (900, "1 KB"), (20_480, "20 KB"), (3_145_728, "3 MB")]
)
def test_sizes(size: int, words: str) -> None:
    assert file_size(TR, size) == words
