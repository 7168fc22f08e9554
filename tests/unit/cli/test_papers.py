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
    assert set(hits[0]) == {"paper", "title", "file", "page", "about", "snippet", "score"}
    assert hits[0]["page"] == 1


def test_a_search_is_filtered(vault: Path, tmp_path: Path) -> None:
    for name, text, *options in (
        ("plan.txt", "The budget of the plan", "--type", "draft", "--clearance", "secret"),
        ("ngan.txt", "Ngân sách, the budget", "--language", "vi", "--agenda", "3. Tài chính"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert invoke("papers", "import", vault, tmp_path / name, *options).exit_code == 0

    def found(*options: str) -> set[str]:
        return {
            hit["file"] for hit in answer(invoke("papers", "search", vault, "budget", *options))
        }

    assert found() == {"plan.txt", "ngan.txt"}
    assert found("--type", "draft") == found("--clearance", "secret") == {"plan.txt"}
    assert found("--language", "vi") == found("--agenda", "3. Tài chính") == {"ngan.txt"}
    assert found("--language", "vi", "--language", "en") == {"plan.txt", "ngan.txt"}
    assert found("--language", "vi", "--type", "draft") == set()
    assert found("--clearance", "public") == set()
    assert found("--since", "2020-01-01") == {"plan.txt", "ngan.txt"}
    assert found("--until", "2020-01-01") == set()


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


def imported(vault: Path, tmp_path: Path, *options: str) -> str:
    """Import a draft and return its identifier."""
    file = tmp_path / "draft.txt"
    file.write_text("The congress adopts the resolution.", encoding="utf-8")
    found = answer(invoke("papers", "import", vault, file, "--json", *options))
    return str(found["imported"][0]["paper"])


def test_details_are_given_at_import_and_listed(vault: Path, tmp_path: Path) -> None:
    imported(vault, tmp_path, "--type", "draft", "--number", "4", "--agenda", "2. Resolutions")
    (paper,) = answer(invoke("papers", "list", vault, "--json"))
    assert (paper["type"], paper["number"], paper["agenda"]) == ("draft", "4", "2. Resolutions")
    assert (paper["version"], paper["group"], paper["language"]) == (1, None, "en")
    assert "4  draft" in invoke("papers", "list", vault).stdout


def test_details_are_changed_and_the_others_stay(vault: Path, tmp_path: Path) -> None:
    imported(vault, tmp_path, "--number", "4")
    changed = answer(
        invoke(
            "papers",
            "details",
            vault,
            "4",
            "--title",
            "Dự thảo",
            "--language",
            "vi",
            "--dated",
            "2026-03-14",
            "--json",
        )
    )
    assert (changed["title"], changed["language"], changed["number"]) == ("Dự thảo", "vi", "4")
    shown = answer(invoke("papers", "details", vault, "draft.txt", "--json"))
    assert (shown["dated"], shown["title"]) == ("2026-03-14", "Dự thảo")


def test_a_new_version_is_listed_with_its_note(vault: Path, tmp_path: Path) -> None:
    paper = imported(vault, tmp_path)
    second = tmp_path / "second.txt"
    second.write_text("The congress adopts the amended resolution.", encoding="utf-8")
    told = answer(invoke("papers", "version", vault, paper, second, "--note", "Amended", "--json"))
    assert (told["version"], told["file"]) == (2, "second.txt")
    versions = answer(invoke("papers", "versions", vault, paper, "--json"))
    assert [(each["number"], each["note"]) for each in versions] == [(2, "Amended"), (1, "")]
    assert "second.txt, 1 page  Amended" in invoke("papers", "versions", vault, paper).stdout
    again = invoke("papers", "version", vault, paper, second)
    assert again.exit_code == 2
    assert "version 2 of" in again.stderr


def test_a_paper_moves_to_another_clearance_and_goes(vault: Path, tmp_path: Path) -> None:
    paper = imported(vault, tmp_path)
    moved = answer(invoke("papers", "clearance", vault, paper, "secret", "--json"))
    assert (moved["clearance"], moved["group"]) == ("secret", None)
    assert invoke("papers", "remove", vault, paper).exit_code == 0
    assert answer(invoke("papers", "list", vault, "--json")) == []
    assert invoke("papers", "remove", vault, paper).exit_code == 2


def test_a_group_goes_with_restricted_papers_alone(vault: Path, tmp_path: Path) -> None:
    paper = imported(vault, tmp_path)
    assert invoke("papers", "clearance", vault, paper, "secret", "--group", "x").exit_code == 2
    unknown = invoke("papers", "clearance", vault, paper, "restricted", "--group", "x")
    assert unknown.exit_code == 2
    assert "congress: " in unknown.stderr


def test_a_name_that_several_papers_bear_is_refused(vault: Path, tmp_path: Path) -> None:
    for word in ("one", "two"):
        file = tmp_path / f"{word}.txt"
        file.write_text(f"The report number {word}.", encoding="utf-8")
        invoke("papers", "import", vault, file, "--number", "7")
    result = invoke("papers", "details", vault, "7")
    assert result.exit_code == 2
    assert "2 papers answer to “7”" in result.stderr
