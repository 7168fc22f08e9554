import pytest

from congress.cli import doctor
from congress.cli.doctor import Finding
from tests.unit.cli.conftest import answer, invoke


def test_it_names_every_package_and_its_version() -> None:
    found = {each["name"]: each for each in answer(invoke("doctor", "--json"))}
    assert found["PySide6-Essentials"]["found"] == "6.11.3"
    assert found["pypdfium2"]["found"] == "5.12.1"


def test_what_is_needed_and_missing_fails_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Finding("libEGL.so.1", "", remedy="apt-get install libegl1")
    monkeypatch.setattr(doctor, "findings", lambda: iter([missing]))
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "MISSING" in result.output
    assert "apt-get install libegl1" in result.output


def test_what_is_optional_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "findings", lambda: iter([Finding("soffice", "", needed=False)]))
    assert invoke("doctor").exit_code == 0
