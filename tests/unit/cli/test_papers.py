from pathlib import Path

from tests.unit.cli.conftest import answer, invoke


def test_papers_are_found_by_a_phrase_without_its_marks(vault: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "mot.txt").write_text("Đại hội thông qua Nghị quyết.", encoding="utf-8")
    (folder / "two.txt").write_text("The congress adopts the resolution.", encoding="utf-8")
    imported = answer(invoke("papers", "import", vault, folder, "--clearance", "public", "--json"))
    assert {each["file"] for each in imported["imported"]} == {"mot.txt", "two.txt"}
    hits = answer(invoke("papers", "search", vault, "dai hoi thong qua"))
    assert [hit["file"] for hit in hits] == ["mot.txt"]
    assert set(hits[0]) == {"paper", "title", "file", "page", "snippet", "score"}
    assert hits[0]["page"] == 1


def test_a_damaged_paper_is_refused_and_the_others_come_in(vault: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("The agenda of the congress.", encoding="utf-8")
    bad.write_bytes(b"")
    result = invoke("papers", "import", vault, bad, good)
    assert result.exit_code == 2
    assert "bad.pdf" in result.stderr
    assert [hit["file"] for hit in answer(invoke("papers", "search", vault, "agenda"))] == [
        "good.txt"
    ]
    assert answer(invoke("papers", "search", vault, "bad")) == []
