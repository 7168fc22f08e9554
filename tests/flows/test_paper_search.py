"""Real papers are imported and searched on the command line: every phrase is found in every file.

The Universal Declaration in three languages and four formats, Nastaliq among them, and press
releases in Urdu, as people hand them in.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congress.app import create_congress
from congress.cli.main import main
from congress.kernel.settings import Settings
from tests.helpers.vaults import CHEAP, PASSPHRASE

PHRASES, SEED = 50, 20_260
LEAST_FOUND = 0.95
LANGUAGES: Mapping[str, str] = {
    "eng": "en",
    "english": "en",
    "vie": "vi",
    "vietnamese": "vi",
    "urd": "ur",
    "urdu": "ur",
}
FILES: Mapping[str, Sequence[str]] = {
    "udhr_eng.txt": ("udhr_eng.txt", "udhr_english.docx", "udhr_english.html", "udhr_english.pdf"),
    "udhr_vie.txt": (
        "udhr_vie.txt",
        "udhr_vietnamese.docx",
        "udhr_vietnamese.pdf",
        "udhr_vietnamese_nfd.pdf",
    ),
    "udhr_urd.txt": (
        "udhr_urd.txt",
        "udhr_urdu.docx",
        "udhr_urdu.html",
        "udhr_urdu_naskh.pdf",
        "udhr_urdu_nastaliq.pdf",
    ),
    **{f"press_urdu_{n}.txt": (f"press_urdu_{n}.txt",) for n in range(4)},
}


def congress(*arguments: object) -> Any:
    """Run the command and return the JSON it answers."""
    environment = {"CONGRESS_PASSPHRASE": PASSPHRASE, "LC_ALL": "en_XX.UTF-8"}
    result = CliRunner().invoke(main, [str(each) for each in arguments], env=environment)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "congress"
    create_congress(path, Settings(name="Test"), PASSPHRASE, kdf=CHEAP).close()
    return path


@pytest.fixture
def imported(vault: Path, shared_data: Path) -> Mapping[str, Mapping[str, Any]]:
    """What the import answered about each file; they come in once."""
    if not congress("papers", "list", vault, "--json"):
        congress("papers", "import", vault, shared_data / "papers", "--json")
    return {paper["file"]: paper for paper in congress("papers", "list", vault, "--json")}


def test_the_language_of_every_file_is_told(imported: Mapping[str, Mapping[str, Any]]) -> None:
    assert len(imported) == 17
    for name, paper in imported.items():
        word = "urdu" if name.startswith("press") else name.split(".")[0].split("_")[1]
        assert paper["language"] == LANGUAGES[word], name


def phrases(folder: Path) -> list[tuple[str, str]]:
    """Return phrases of four or five words, each with the text it stands in."""
    rng = random.Random(SEED)
    found = []
    for _ in range(PHRASES):
        source = rng.choice(sorted(FILES))
        words = (folder / source).read_text(encoding="utf-8").split()
        size = rng.choice((4, 5))
        start = rng.randrange(len(words) - size)
        found.append((source, " ".join(words[start : start + size])))
    return found


@pytest.mark.usefixtures("imported")
def test_every_phrase_is_found_in_every_file_of_its_text(vault: Path, shared_data: Path) -> None:
    looked = dict.fromkeys((file for files in FILES.values() for file in files), 0)
    missed: dict[str, list[str]] = {}
    for source, phrase in phrases(shared_data / "papers"):
        hits = congress("papers", "search", vault, phrase, "--limit", 100)
        where = {hit["file"] for hit in hits}
        for file in FILES[source]:
            looked[file] += 1
            if file not in where:
                missed.setdefault(file, []).append(phrase)
    for file, count in looked.items():
        gone = missed.get(file, [])
        assert count - len(gone) >= LEAST_FOUND * count, (file, gone)
