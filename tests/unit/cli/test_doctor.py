from pathlib import Path

import pytest

from congress.cli import doctor
from congress.cli.doctor import Finding
from tests.helpers import reading
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


def test_it_tells_what_reads_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {each.name: each for each in doctor._readers()}
    assert "confined" in found["reading process"].found
    assert (found["LibreOffice"].found, found["Tesseract"].found) == ("", "")
    assert "libreoffice-writer" in found["LibreOffice"].remedy
    reading.office(tmp_path, b"")
    reading.tesseract(tmp_path, languages="eng urd")
    found = {each.name: each for each in doctor._readers()}
    assert found["LibreOffice"].found == str(tmp_path / "soffice")
    assert found["Tesseract"].found == str(tmp_path / "tesseract")
    assert (found["Tesseract, Urdu"].found, found["Tesseract, Vietnamese"].found) == ("urd", "")
    assert found["Tesseract, Vietnamese"].remedy == "apt-get install tesseract-ocr-vie"
