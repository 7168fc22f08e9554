import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congress.cli.main import main
from congress.voting.rules.packs import custom, shipped


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, arguments)])


def test_every_pack_that_comes_with_the_program_is_told() -> None:
    done = run()
    assert done.exit_code == 0
    assert "Robert's Rules of Order" in done.stdout
    assert "20 votes cast: 11 is a majority, whoever abstains" in done.stdout
    assert "→ Carried: 11 in favour, 9 against; 11 were needed." in done.stdout
    answer = json.loads(run("--json").stdout)
    assert [pack["id"] for pack in answer["packs"]] == list(shipped())


def test_the_example_is_a_pack_that_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "club.toml"
    file.write_text(run("--example").stdout, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == custom()
    (pack,) = json.loads(run(file, "--json").stdout)["packs"]
    assert [rule["id"] for rule in pack["rules"]] == ["statutes", "board"]
    assert pack["rules"][1]["methods"] == ["k_of_n", "plurality"]
    assert pack["rules"][0]["examples"][0]["outcome"].startswith("Carried: 20 in favour")


@pytest.mark.parametrize("lang", ["vi_VN.UTF-8", "ur_PK.UTF-8"])
def test_packs_are_told_in_the_language_of_the_environment(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", lang)
    done = run()
    assert done.exit_code == 0
    assert "More than" not in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "motion"', 'kind = "war"', "rules[0].kind"),
        ("needed = 20", "needed = 19", "20 of 30 are two thirds"),
        ('id = "garden-club"', "id = ", "not a rule pack"),
    ],
)
def test_a_wrong_pack_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "club.toml"
    file.write_text(custom().replace(old, new, 1), encoding="utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert said in done.stderr
    assert run(tmp_path / "none.toml").exit_code == 2
