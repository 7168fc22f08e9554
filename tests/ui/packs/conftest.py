"""A congress whose papers leave the house, and pages over it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.kernel.clock import ManualClock
from congress.ui.context import UiContext
from tests.helpers.handouts import cheap_handout, open_house
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import manual_clock


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: ManualClock) -> Iterator[OpenCongress]:
    with open_house(tmp_path_factory.mktemp("house"), clock) as congress:
        paper = next(each for each in congress.library.papers() if each.number == "1")
        congress.library.open(paper.id).close()
        congress.handout.access.read(paper.id, paper.version_id, {1, 2})
        yield replace(congress, handout=cheap_handout(congress))


@pytest.fixture(params=["en", "ur"])
def surroundings(
    qtbot: QtBot, request: pytest.FixtureRequest, house: OpenCongress
) -> Iterator[tuple[UiContext, Surroundings]]:
    with ui_context(request.param, congress=house) as made:
        yield made
