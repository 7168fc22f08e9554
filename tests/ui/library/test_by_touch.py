"""The library's pages by one finger alone, left to right and right to left."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from congress.ui.page import Page
from tests.helpers.touching import Finger, unreachable
from tests.helpers.walking import Walk, audit, walk


@pytest.fixture(scope="module", params=["en", "ur"])
def walked(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with walk(request.param, tmp_path_factory.mktemp("walk"), qapp) as made:
        yield made


@pytest.fixture
def finger(walked: Walk) -> Finger:
    return Finger(walked)


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> None:
    """The window lasts for the whole module; ``walk`` looks for its threads at the end."""


@pytest.fixture(autouse=True)
def _at_home(walked: Walk) -> None:
    walked.window.shell._inspect(None)
    walked.go("home", Page)


@pytest.mark.parametrize(
    "path",
    [
        "library",
        "changes/{}",
        "amendments/{}",
        "notes",
        "packs",
        "readers/papers",
        "readers/grid",
        "readers/trace",
        "settings",
    ],
)
def test_a_finger_comes_to_everything(walked: Walk, finger: Finger, path: str) -> None:
    walked.go(path.format(walked.paper.id), Page)
    assert audit(walked.window) == []
    assert unreachable(finger, walked.window) == []
