import json
import shutil
from pathlib import Path

import pytest

from congress.app import open_congress
from congress.docs.notes.model import Draft, NoteKind, Spot
from tests.unit.cli.conftest import PASSPHRASE, answer, invoke


@pytest.fixture(scope="module")
def noted(_new_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A congress with a note on a paper for delegates, and one on a secret paper."""
    tmp_path = tmp_path_factory.mktemp("notes")
    vault = Path(shutil.copytree(_new_vault, tmp_path / "congress"))
    for name, text, clearance in (
        ("rules.txt", "The quorum is two thirds of the delegates.", "delegates"),
        ("draft.txt", "Nobody may know of this draft.", "secret"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        imported = invoke("papers", "import", vault, tmp_path / name, "--clearance", clearance)
        assert imported.exit_code == 0
    with open_congress(vault, PASSPHRASE) as congress:
        for paper in congress.library.papers():
            draft = Draft(NoteKind.NOTE, Spot(1, 4), Spot(1, 10), body=f"On {paper.file}")
            congress.notes.add(paper.id, paper.version_id, draft)
    return vault


def test_notes_come_as_annotations(noted: Path) -> None:
    found = answer(invoke("notes", "export", noted, "--json"))
    assert found["type"] == "AnnotationPage"
    assert [each["body"][0]["value"] for each in found["items"]] == ["On rules.txt"]


def test_notes_come_as_markdown(noted: Path) -> None:
    text = invoke("notes", "export", noted, lang="vi").stdout
    assert "# Ghi chú" in text
    assert "> quorum" in text
    assert "draft" not in text


@pytest.mark.parametrize(("name", "start"), [("n.md", "# "), ("n.html", "<!DOC"), ("n.json", "{")])
def test_notes_are_written_to_a_file(noted: Path, tmp_path: Path, name: str, start: str) -> None:
    told = answer(invoke("notes", "export", noted, "--out", tmp_path / name, "--json"))
    assert told == {"file": name, "notes": 1, "papers_kept_back": 1}
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_the_notes_on_one_paper(noted: Path) -> None:
    with open_congress(noted, PASSPHRASE) as congress:
        papers = {paper.file: paper.id for paper in congress.library.papers()}
    result = invoke("notes", "export", noted, "--paper", papers["rules.txt"], "--json")
    assert len(json.loads(result.stdout)["items"]) == 1
    refused = invoke("notes", "export", noted, "--paper", papers["draft.txt"])
    assert refused.exit_code == 3
    assert "On draft" not in refused.output
    assert invoke("notes", "export", noted, "--paper", "nothing").exit_code == 2
