"""The result in the hall, its bundle checked apart, and the minutes of the count."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from congress.kernel.errors import Cancelled, EnvironmentFault
from congress.kernel.progress import Silent
from congress.ui.controllers import verifying
from congress.ui.controllers.results import ResultsController
from congress.ui.controllers.verifying import inspect_apart
from congress.ui.pages import results as results_module
from congress.ui.pages.result_hall import ResultHall
from congress.ui.pages.results import ResultsPage
from congress.ui.widgets.figure import Bar
from congress.verifier.report import CHECKS
from congress.voting.bundle import write_bundle
from tests.helpers.hall import ROBERTS
from tests.ui.voting.conftest import Stage

_OF_SECRET_POLLS = frozenset(
    {
        "layouts",
        "trustees",
        "credentials",
        "copies",
        "sorting",
        "challenges",
        "paper",
        "encrypted_tally",
        "partials",
        "decryption",
    }
)


def bars_of(hall: ResultHall, at: int) -> list[Bar]:
    page = hall.pages.widget(at)
    assert page is not None
    return page.findChildren(Bar)


def finished_motion(stage: Stage) -> str:
    poll = stage.hall.opened_motion()
    stage.hall.vote(stage.hall.badges(0, 3), "yes")
    stage.hall.vote(stage.hall.badges(3, 4), "no")
    stage.hall.finish(poll.id)
    return poll.id


def shown(stage: Stage, poll_id: str) -> ResultsPage:
    page = ResultsPage(stage.context, stage.results())
    stage.show(page, poll_id)
    return page


def hall_of(stage: Stage, page: ResultsPage) -> ResultHall:
    stage.qtbot.mouseClick(page.hall_button, Qt.MouseButton.LeftButton)
    assert page.hall is not None
    stage.qtbot.addWidget(page.hall)
    return page.hall


def test_an_open_motion_is_shown_by_delegation_on_a_second_page(stage: Stage) -> None:
    hall = hall_of(stage, shown(stage, finished_motion(stage)))
    assert hall.pages.count() == 2
    stage.qtbot.keyClick(hall, Qt.Key.Key_Right)
    assert hall.pages.currentIndex() == 1
    names = [bar.accessibleName() for bar in bars_of(hall, 1)]
    assert names == ["Section 0: Yes 1", "Section 1: Yes 1, No 1", "Section 2: Yes 1"]
    stage.qtbot.mouseClick(hall, Qt.MouseButton.LeftButton, pos=QPoint(20, 300))
    assert hall.pages.currentIndex() == 0
    stage.qtbot.mouseClick(
        hall, Qt.MouseButton.LeftButton, pos=QPoint(hall.width() - 20, hall.height() - 20)
    )
    assert hall.pages.currentIndex() == 1


def test_a_long_secret_list_goes_on_over_pages_and_knows_no_delegation(stage: Stage) -> None:
    poll, cards = stage.hall.opened_election("ABCDEFGHIJKL", 1, ROBERTS)
    for card in cards[:4]:
        stage.hall.cast(card.code, "A")
    for card in cards[4:]:
        stage.hall.booth.void_card(poll.id, card.code)
    stage.hall.finish(poll.id)
    hall = hall_of(stage, shown(stage, poll.id))
    pages = [bars_of(hall, at) for at in range(hall.pages.count())]
    assert [len(bars) for bars in pages] == [8, 4]


def test_the_verifier_checks_a_bundle_in_a_process_of_its_own(stage: Stage, tmp_path: Path) -> None:
    poll_id = finished_motion(stage)
    page = shown(stage, poll_id)
    path = tmp_path / "bundle.zip"
    write_bundle(path, stage.hall.booth.whole_ledger(page.view.result.poll.id))  # type: ignore[union-attr]
    page.checking.check(path)
    stage.qtbot.waitUntil(lambda: not stage.context.tasks.busy, timeout=30000)
    stage.idle()
    assert page.checking.answer.accessibleName().startswith("Everything holds")
    assert page.checking.table is not None
    assert page.checking.table.view.model().rowCount() == len(set(CHECKS) - _OF_SECRET_POLLS)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    found = inspect_apart(path, Silent())
    assert not found.holds
    page.checking._tell(found)
    assert "does not hold" in page.checking.answer.accessibleName()


def test_a_bundle_of_another_poll_is_said_to_be_one(stage: Stage) -> None:
    page = shown(stage, finished_motion(stage))
    page.checking._tell(verifying.Inspection("other", True, 3, ()))  # type: ignore[arg-type]
    assert "another poll" in page.checking.answer.accessibleName()


def test_a_verifier_that_breaks_off_or_is_stopped_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for script in ("import sys; sys.exit(3)", "print('no json')", "print('{}')"):
        monkeypatch.setattr(verifying, "_COMMAND", (sys.executable, "-c", script))
        with pytest.raises(EnvironmentFault, match="verifier_failed"):
            inspect_apart(tmp_path, Silent())

    class Impatient(Silent):
        def check(self) -> None:
            raise Cancelled

    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def watched(*args: object, **kwargs: object) -> object:
        started.append(real(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    monkeypatch.setattr(
        verifying, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)")
    )
    with pytest.raises(Cancelled):
        inspect_apart(tmp_path, Impatient())
    assert started[0].returncode is not None


def test_the_minutes_of_the_count_are_saved(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    poll_id = finished_motion(stage)
    saved: list[tuple[str, bytes]] = []
    monkeypatch.setattr(results_module, "save_as", lambda _, name, data: saved.append((name, data)))
    controller = ResultsController(
        stage.context,
        stage.hall.booth,
        stage.hall.people,
        minutes=lambda lang, of: json.dumps([lang, of]).encode(),
    )
    page = ResultsPage(stage.context, controller)
    stage.show(page, poll_id)
    assert page.minutes_button.isVisible()
    stage.qtbot.keyClick(page.minutes_button, Qt.Key.Key_Space)
    stage.idle()
    assert saved == [("counting-minutes-1.pdf", json.dumps(["en", poll_id]).encode())]
