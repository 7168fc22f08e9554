from pathlib import Path

from tests.unit.cli.conftest import PASSPHRASE, answer, invoke

LIST = (
    "Badge;Name;Delegation;Role\nA1;Nguyễn Văn Đức;Huế;official\nA2;عائشہ صدیقی;لاہور;alternate\n"
)


def test_new_makes_a_vault_that_its_passphrase_opens(vault: Path) -> None:
    assert (vault / "vault.json").is_file()
    assert invoke("papers", "search", vault, "anything").exit_code == 0


def test_new_refuses_a_folder_in_use(vault: Path) -> None:
    result = invoke("new", vault)
    assert result.exit_code == 2
    assert result.stderr.startswith("congress: ")


def test_a_wrong_passphrase_is_said_in_three_parts_and_shows_nothing(vault: Path) -> None:
    result = invoke("papers", "search", vault, "x", passphrase="not the right one")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 2
    assert "Traceback" not in result.output
    assert PASSPHRASE not in result.output
    assert "not the right one" not in result.output


def test_without_a_passphrase_and_a_terminal_nothing_opens(vault: Path) -> None:
    result = invoke("papers", "search", vault, "x", passphrase=None)
    assert result.exit_code == 2
    assert "CONGRESS_PASSPHRASE" in result.stderr


def test_errors_are_said_in_the_language_of_the_environment(vault: Path) -> None:
    result = invoke("papers", "search", vault, "x", passphrase=None, lang="vi")
    assert "Chưa có cụm mật khẩu" in result.stderr


def test_people_are_imported_and_imported_again_without_doubles(
    vault: Path, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(LIST, encoding="utf-8")
    first = answer(invoke("people", "import", vault, file, "--json"))
    again = answer(invoke("people", "import", vault, file, "--json"))
    assert (first["added"], again["added"], again["unchanged"]) == (2, 0, 2)


def test_bad_rows_are_named_and_the_good_ones_kept(vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(LIST + "A1;Someone Else;Huế;official\n;No Badge;Huế;guest\n", encoding="utf-8")
    result = invoke("people", "import", vault, file, "--json")
    found = answer(result)
    assert result.exit_code == 2
    assert (found["added"], found["rejected"]) == (2, 2)
    assert [line["row"] for line in found["bad_rows"]] == [4, 5]
    spoken = invoke("people", "import", vault, file)
    assert "Row 4" in spoken.stdout


def test_exports_are_written_in_the_languages_asked_for(vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = answer(invoke("export", vault, "--out", out, "--lang", "vi", "--json"))
    assert sorted(found["files"]) == sorted(path.name for path in out.iterdir())
    assert {path.suffix for path in out.iterdir()} >= {".pdf", ".xlsx", ".csv", ".json"}
