"""The verifier stands alone: it imports nothing but itself and Python, and runs as one file."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congress.cli.main import main
from congress.verifier import onefile
from congress.verifier.main import main as bare
from tests.helpers.bundles import Script, electronic, hints_of

SOURCES = sorted(Path(onefile.__file__).parent.glob("*.py"))


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    script = electronic()
    good = script.write(folder / "good.bundle", hints=hints_of(script))
    bad = Script(script.steps)
    bad.payload("result")["counts"][0]["cells"]["c1"] = 5
    return good, bad.write(folder / "bad.bundle")


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_imports(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level
            names = [node.module or ""]
        for name in names:
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("congress.verifier"), name


def test_one_file_runs_with_plain_python(tmp_path: Path, bundles: tuple[Path, Path]) -> None:
    written = tmp_path / "verify.pyz"
    onefile.write(written)
    again = tmp_path / "again.pyz"
    onefile.write(again)
    assert written.read_bytes() == again.read_bytes()
    good, bad = bundles
    command = [sys.executable, "-I", "-S", str(written)]
    # Two processes, so that those it starts are of one file too.
    ran = subprocess.run(
        [*command, str(good), "--processes", "2"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "Everything holds."
    refused = subprocess.run(
        [*command, str(bad), "--json"],
        capture_output=True,
        cwd=tmp_path,
        env={},
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    told = json.loads(refused.stdout)
    assert [item["name"] for item in told["checks"] if item["failed"]] == ["counts"]


def test_the_module_answers_by_its_status(
    bundles: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = bundles
    assert bare([str(good), "--without-hints"]) == 0
    assert "An  elected" in capsys.readouterr().out
    assert bare([str(bad)]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_the_command_speaks_three_languages(
    bundles: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = bundles
    for language, last in (("en", "Everything holds."), ("vi", "Mọi điều"), ("ur", "سب کچھ")):
        monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
        ran = CliRunner().invoke(main, ["verify", str(good)])
        assert ran.exit_code == 0, ran.output
        assert last in ran.output
    ran = CliRunner().invoke(main, ["verify", str(bad), "--json"])
    assert ran.exit_code == 1
    assert not json.loads(ran.output)["holds"]
    ran = CliRunner().invoke(main, ["verify", str(bad)])
    assert ran.exit_code == 1


def test_the_command_writes_the_one_file(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["verifier", str(tmp_path / "verify.pyz")])
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / "verify.pyz").stat().st_mode & 0o111
    ran = CliRunner().invoke(main, ["verifier", str(tmp_path / "nowhere" / "verify.pyz")])
    assert ran.exit_code == 4
