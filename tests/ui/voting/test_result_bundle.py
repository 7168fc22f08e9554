"""The bundle from the page of results."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from congress.ui.pages.result_proof import ProofCard
from congress.ui.pages.results import ResultsPage
from congress.ui.widgets.banner import Banner
from congress.verifier.inspection import inspect
from tests.ui.voting.conftest import Stage


def proof(stage: Stage) -> ProofCard:
    """Show the result of a secret election."""
    hall = stage.hall
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    for card in cards[4:]:
        hall.booth.void_card(poll.id, card.code)
    hall.finish(poll.id)
    page = ResultsPage(stage.context, stage.results())
    stage.show(page)
    return page.findChildren(ProofCard)[-1]


def asked(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    proposed: list[str] = []

    def ask(parent: object, title: str, name: str) -> tuple[str, str]:
        proposed.append(name)
        return answer, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return proposed


def test_a_bundle_is_written_and_verified(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "poll.zip"
    proposed = asked(monkeypatch, str(path))
    card = proof(stage)
    card.bundle.click()
    stage.idle()
    assert proposed == ["poll-1.zip"]
    assert isinstance(card.sheet.outcome, Banner)
    assert "poll.zip is written" in card.sheet.outcome.accessibleName()
    card.sheet.accept()
    assert inspect(path, processes=1).holds


def test_nothing_is_written_without_a_place(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, "")
    card = proof(stage)
    card.bundle.click()
    stage.idle()
    assert not hasattr(card, "sheet")


def test_a_folder_that_cannot_be_written_is_named(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(monkeypatch, str(tmp_path / "none" / "poll.zip"))
    card = proof(stage)
    card.bundle.click()
    stage.idle()
    assert card.sheet.isVisible()
    assert card.sheet.outcome is not None
    card.sheet.accept()
