from pathlib import Path
from typing import Any

import pytest

from congress.cli import demo as command
from congress.demo import portraits
from congress.demo.sample import PASSPHRASE
from tests.unit.cli.conftest import invoke

pytestmark = pytest.mark.skipif(portraits.cached() is None, reason="`congress setup` was not run")


def test_set_up_is_done_at_once_the_second_time() -> None:
    assert invoke("setup").exit_code == 0


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """Where and in which language the day was walked, without walking it."""
    seen: list[tuple[Path, str]] = []

    def walk(out: Path, lang: str, *, say: object) -> dict[str, Any]:
        seen.append((out, lang))
        return {"verdicts": ["Carried."]}

    monkeypatch.setattr("congress.demo.day.walk", walk)
    return seen


def test_headless_walks_the_day(walks: list[tuple[Path, str]], tmp_path: Path) -> None:
    result = invoke("demo", "--headless", "--lang", "vi", "--out", tmp_path)
    assert result.exit_code == 0
    assert walks == [(tmp_path, "vi")]
    assert "Carried." in result.stdout


def test_without_a_display_it_says_so_and_walks(
    walks: list[tuple[Path, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_display", lambda: False)
    result = invoke("demo", "--out", tmp_path)
    assert len(walks) == 1
    assert "no display" in result.stdout


def test_with_a_display_the_window_opens_on_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[str, Any] = {}

    def run_window(**given: Any) -> int:
        shown.update(given, name=given["congress"].settings.name)
        given["congress"].close()
        return 0

    monkeypatch.setattr(command, "_display", lambda: True)
    monkeypatch.setattr("congress.ui.application.run_window", run_window)
    result = invoke("demo", "--lang", "en", "--out", tmp_path)
    assert result.exit_code == 0
    assert PASSPHRASE in shown["greeting"]
    assert shown["name"] == "Fifth Congress of the Union of Science Workers"
    assert Path(shown["source"]).is_file()
