from pathlib import Path

import pypdfium2 as pdfium

from congress.assets import asset
from tests.helpers.faces import picture_of, png
from tests.unit.cli.conftest import answer, invoke


def pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_writes_a_badge_for_everyone_or_for_one_delegation(vault: Path, tmp_path: Path) -> None:
    invoke("people", "import", vault, asset("samples") / "people.csv")
    everyone = answer(invoke("badges", vault, "--out", tmp_path / "all.pdf", "--json"))
    assert everyone["badges"] > 8
    assert pages(tmp_path / "all.pdf") == -(-everyone["badges"] // 8)
    none = answer(
        invoke("badges", vault, "--out", tmp_path / "x.pdf", "--delegation", "Nowhere", "--json")
    )
    assert none["badges"] == 0
    said = invoke("badges", vault, "--out", tmp_path / "all.pdf", "--lang", "vi")
    assert f"{everyone['badges']} badges" in said.output


def test_a_picture_without_a_face_is_no_portrait(vault: Path, tmp_path: Path) -> None:
    invoke("people", "import", vault, asset("samples") / "people.csv")
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "G01.png").write_bytes(png(picture_of()))
    out = tmp_path / "badges.pdf"
    found = answer(invoke("badges", vault, "--out", out, "--photos", photos, "--json"))
    assert found["portraits"] == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_says_what_is_wrong(vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "badges.pdf"
    assert invoke("badges", vault, "--out", out, "--photos", tmp_path / "no").exit_code == 2
    assert invoke("badges", vault, "--out", tmp_path / "no" / "badges.pdf").exit_code == 4
    assert not out.exists()
