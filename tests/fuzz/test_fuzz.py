"""Bad files, a bounded number of them; ``make fuzz`` goes on for as long as one likes."""

import io
import itertools
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from congress.docs.text.extract import extract
from congress.kernel.errors import InputError
from congress.kernel.progress import Silent
from tests.fuzz.bombs import all_bombs, packed, pages
from tests.fuzz.mutations import mutants, seeds
from tests.fuzz.trial import Listener, Trial

SECONDS = 6.0
"""How long mutants are tried."""
MUST_BE_REFUSED = {
    "100000-pages.pdf": "docs.too_many_pages",
    "tree-self.pdf": "docs.pdf_damaged",
    "form-tree.pdf": "docs.too_slow",
    "laughs.docx": "docs.docx_bomb",
    "entity.odt": "docs.docx_bomb",
    "local.epub": "docs.docx_bomb",
    "quoted.docx": "docs.docx_bomb",
    "zeros.epub": "docs.docx_bomb",
    "deep.odt": "docs.too_deep",
    "inline-deep.html": "docs.too_deep",
    "line.txt": "docs.too_much_text",
    "bomb.png": "docs.image_bomb",
    "frames.tiff": "docs.image_bomb",
    "cut-0.5.jpeg": "docs.image_damaged",
    "phone.heic": "docs.heic",
}
MUST_BE_TAKEN = {
    *("box-huge.pdf", "box-nan.pdf", "outline-next.pdf", "outline-deep.pdf", "xref-loop.pdf"),
    *("action-script.pdf", "action-launch.pdf", "form-loop.pdf", "font-loop.pdf", "names.epub"),
    *("image.html", "refresh.html", "svg.html", "template.docx", "spaces.odt", "loop.tiff"),
}


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


@pytest.fixture
def trial() -> Iterator[Trial]:
    one = Trial(patience=2.0)
    yield one
    one.close()


def test_every_bomb_gets_an_answer_and_calls_nobody(trial: Trial, listener: Listener) -> None:
    said = {}
    for name, data in all_bombs(listener.address):
        result = trial.run(name, data)
        said[name] = result.said
        assert not result.fault, (name, result)
        assert result.said != "docs.reader_crashed", name
    wrong = {name: said[name] for name, code in MUST_BE_REFUSED.items() if said[name] != code}
    assert not wrong
    assert {name for name in MUST_BE_TAKEN if said[name] != "taken"} == set()
    assert listener.asked == 0


def test_readers_call_nobody_even_without_fences(listener: Listener) -> None:
    for name, data in itertools.chain(packed(listener.address), pages(listener.address)):
        if listener.address.encode() in data or b"PK" in data[:2]:
            try:
                extract(io.BytesIO(data), len(data), name, Silent())
            except InputError:
                continue
    assert listener.asked == 0


def test_nothing_from_outside_is_left_in_what_is_read(trial: Trial) -> None:
    for name, data in pages("http://spy.example"):
        if name.endswith((".html", ".epub")) and len(data) < 100_000:
            found = trial.worker.read(io.BytesIO(data), len(data), name, Silent())
            assert "spy.example" not in found.reflow, name
            for word in ("<script", "<iframe", "onclick", "style=", "<svg", "data:text"):
                assert word not in found.reflow, name


def test_the_seeds_are_good(trial: Trial) -> None:
    for name, data in seeds():
        result = trial.run(name, data)
        assert result.said == ("docs.is_zip" if name.endswith(".zip") else "taken"), name


def test_damaged_files_get_an_answer(trial: Trial) -> None:
    deadline = time.monotonic() + SECONDS
    said: Counter[str] = Counter()
    for number, (name, data) in enumerate(mutants(20_260)):
        result = trial.run(name, data)
        said[result.said] += 1
        assert not result.fault, (number, name, result)
        if time.monotonic() > deadline:
            break
    assert said["taken"]
    assert len(said) > 5
