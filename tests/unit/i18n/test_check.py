from pathlib import Path

import pytest

import congress
from congress.i18n import check

_TEXTS = {
    "hello": {"en": "Hello {name}", "vi": "Chào {name}", "ur": "سلام {name}"},
    "role.delegate": {"context": "{x}", "en": "Delegate", "vi": "Đại biểu", "ur": "مندوب"},
    "error.vault.locked.what": {"en": "a", "vi": "b", "ur": "c"},
    "error.vault.locked.means": {"en": "a", "vi": "b", "ur": "c"},
    "error.vault.locked.do": {"en": "a", "vi": "b", "ur": "c"},
}
_CODE = """
tr("hello", name=x)
self.tr(f"role.{role}")
raise errors.EnvironmentFault("vault.locked")
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(check, "entries", lambda: _TEXTS)
    (tmp_path / "code.py").write_text(_CODE)
    return tmp_path


def test_code_and_catalogues_that_agree_have_no_problem(root: Path) -> None:
    assert check.problems(root) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('tr("goodbye")', "code.py:1: no text goodbye"),
        ('self._tr("goodbye")', "code.py:1: no text goodbye"),
        ('raise InputError("vault.torn")', "code.py:1: no text error.vault.torn.do"),
    ],
)
def test_a_text_that_nobody_wrote_is_found(root: Path, line: str, problem: str) -> None:
    (root / "code.py").write_text(line + _CODE)
    assert problem in check.problems(root)


def test_a_text_that_nothing_names_is_found(root: Path) -> None:
    (root / "code.py").write_text('f"role.{role}"')
    found = check.problems(root)
    assert "hello: nothing names this text" in found
    assert "error.vault.locked.what: nothing names this text" in found
    assert not [each for each in found if each.startswith("role")]


def test_parameters_must_be_the_same_in_every_language(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bent = {**_TEXTS, "hello": {"en": "Hello {name}", "vi": "Chào", "ur": {"other": "{name}"}}}
    monkeypatch.setattr(check, "entries", lambda: bent)
    assert check.problems(root) == ["hello: parameters differ between languages"]


def test_the_command_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "problems", lambda _: ["a.py:1: no text x"])
    assert check.main() == 1
    assert capsys.readouterr().out == "a.py:1: no text x\n"
    monkeypatch.setattr(check, "problems", lambda _: [])
    assert check.main() == 0


def test_the_catalogues_hold_every_text_of_the_program() -> None:
    assert check.problems(Path(congress.__path__[0])) == []
