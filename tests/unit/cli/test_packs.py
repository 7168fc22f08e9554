import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.papers import pdf
from tests.unit.cli.conftest import answer, invoke

PEOPLE = "Badge;Name;Delegation;Role\nD-014;Nguyễn Thị Lan;Huế;official\nD-015;Minh;Huế;guest\n"


@pytest.fixture(scope="module")
def house(_new_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("house")
    vault = Path(shutil.copytree(_new_vault, tmp_path / "congress"))
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    assert invoke("people", "import", vault, people).exit_code == 0
    for number, clearance in enumerate(("public", "delegates", "secret"), start=1):
        file = tmp_path / f"{clearance}.pdf"
        file.write_bytes(pdf(f"Words of {clearance}", title=f"Title{clearance}zz"))
        told = ("--clearance", clearance, "--number", number)
        assert invoke("papers", "import", vault, file, *told).exit_code == 0
    return vault


def _make(house: Path, out: Path, *more: object) -> dict[str, object]:
    result = invoke(
        "pack", "make", house, "--to", "D-014", "--out", out, "--expires", "2999-12-31",
        "--json", *more,
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    return dict(answer(result)["packs"][0])


def test_a_pack_is_made_shown_verified_and_opened(house: Path, tmp_path: Path) -> None:
    made = _make(house, tmp_path / "out")
    file = tmp_path / "out" / str(made["file"])
    assert "Title" not in json.dumps(made)
    shown = answer(invoke("pack", "show", file, "--json", passphrase=None))
    assert shown["papers"] == 2
    assert shown["copy"] == made["copy"]
    assert shown["fingerprint"] == made["fingerprint"]
    assert shown["last_day"] == "2999-12-31"
    assert "whole and signed" in invoke("pack", "verify", file, passphrase=None).stdout
    home = tmp_path / "home"
    opened = invoke("pack", "open", file, "--into", home, passphrase=str(made["code"]).lower())
    assert opened.exit_code == 0, opened.stderr
    assert "2 papers" in opened.stdout
    assert len(list(home.iterdir())) == 1


def test_a_pack_takes_the_notes_of_the_earlier_one(house: Path, tmp_path: Path) -> None:
    first, second = (_make(house, tmp_path / "out", "--paper", n) for n in (1, 2))
    home = tmp_path / "home"
    for made in (first, second):
        earlier = tmp_path / "earlier"
        earlier.write_text(str(first["code"]))
        with earlier.open() as stream:
            file = tmp_path / "out" / str(made["file"])
            result = invoke(
                "pack", "open", file, "--into", home, "--earlier-fd", stream.fileno(), "--json",
                passphrase=str(made["code"]),
            )  # fmt: skip
        assert answer(result)["papers"] == 1
    assert len(list(home.iterdir())) == 1


def test_a_secret_paper_cannot_be_asked_for(house: Path, tmp_path: Path) -> None:
    result = invoke(
        "pack", "make", house, "--to", "D-014", "--out", tmp_path / "out",
        "--expires", "2999-12-31", "--paper", "3",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "3" in result.stderr
    assert "secret" not in result.output
    assert not (tmp_path / "out").exists()


def test_the_slips_keep_the_codes_off_the_screen(house: Path, tmp_path: Path) -> None:
    slips = tmp_path / "slips.pdf"
    made = _make(house, tmp_path / "out", "--slips", slips)
    assert "code" not in made
    assert slips.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--to", "X-1"), "X-1"),
        ((), "Nobody was chosen"),
        (("--to", "D-014", "--expires", "2001-01-01"), "already over"),
    ],
)
def test_what_cannot_be_made_is_said(
    house: Path, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out"
    result = invoke("pack", "make", house, "--out", out, "--expires", "2999-12-31", *more)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not out.exists()


def test_a_watermark_leads_to_its_copy(house: Path, tmp_path: Path) -> None:
    code = str(_make(house, tmp_path / "out")["copy"])
    found = answer(invoke("trace", house, code.lower(), "--json"))
    assert [each["recipient"] for each in found] == ["Nguyễn Thị Lan"]
    assert found[0]["exact"]
    blurred = answer(invoke("trace", house, f"?{code[1:]}", "--json"))
    assert [each["recipient"] for each in blurred] == ["Nguyễn Thị Lan"]
    assert not blurred[0]["exact"]
    assert "Nguyễn Thị Lan" in invoke("trace", house, code).stdout
    assert invoke("trace", house, "123").exit_code == 2


def test_who_has_read_what_is_told(house: Path) -> None:
    told = answer(invoke("readers", house, "--json"))
    assert told["sound"]
    assert [paper["number"] for paper in told["papers"]] == ["1", "2", "3"]
    assert {reader["state"] for paper in told["papers"] for reader in paper["readers"]} == {
        "unopened"
    }
    spoken = invoke("readers", house, "--paper", "2")
    assert "delegates" in spoken.stdout
    assert "public" not in spoken.stdout
    assert invoke("readers", house, "--paper", "9").exit_code == 2


def test_the_book_holds_public_papers_alone(house: Path, tmp_path: Path) -> None:
    result = invoke("portfolio", house, "--out", tmp_path / "book", "--json")
    assert answer(result)["files"] == ["papers.en.epub", "papers.en.pdf"]


def test_a_pack_of_nobody_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.congresspack").write_bytes(b"no pack at all")
    result = invoke("pack", "verify", tmp_path / "a.congresspack", passphrase=None)
    assert result.exit_code == 2
    assert "is not a pack" in result.stderr
