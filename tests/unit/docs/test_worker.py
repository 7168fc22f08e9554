"""The reading process: what it reads, what it may not do, and what becomes of it."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.docs import worker as module
from congress.docs.model import Extract, PaperKind, TextOrigin
from congress.docs.ocr import Tesseract
from congress.docs.text.extract import extract
from congress.docs.worker import Asked, Worker
from congress.kernel.errors import Cancelled, EnvironmentFault, InputError
from congress.kernel.progress import Progress, Silent
from tests.helpers import reading
from tests.helpers.formats import picture
from tests.helpers.papers import docx, paragraph, pdf

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One process for the tests that do it no harm."""
    one = Worker()
    one.start()
    yield one
    one.close()


@pytest.fixture
def fresh() -> Iterator[Worker]:
    """A process that may be harmed, with little patience."""
    one = Worker(patience=1.0)
    yield one
    one.close()


class Steps:
    """Progress that remembers, and cancels when asked to."""

    def __init__(self, cancel_at: int = 0) -> None:
        self.seen: list[tuple[int, int]] = []
        self._cancel_at = cancel_at

    def report(self, done: int, total: int, label: str = "") -> None:
        self.seen.append((done, total))

    def check(self) -> None:
        if self._cancel_at and len(self.seen) >= self._cancel_at:
            raise Cancelled


def read(
    worker: Worker,
    data: bytes,
    name: str = "x.pdf",
    progress: Progress | None = None,
    asked: Asked | None = None,
) -> Extract:
    return worker.read(io.BytesIO(data), len(data), name, progress or Silent(), asked)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf("One", "Two", title="A short report"), "x.pdf"),
        (docx(paragraph("Tiêu đề", "Heading1"), paragraph("Điều 1")), "x.docx"),
        ("Đại hội\nمنشور".encode(), "x.txt"),
        (picture("x", (80, 40)), "x.png"),
    ],
)
def test_it_answers_what_reading_here_would(worker: Worker, data: bytes, name: str) -> None:
    here = extract(io.BytesIO(data), len(data), name, Silent())
    assert read(worker, data, name) == here


def test_an_open_file_is_handed_over_and_not_copied(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf("One", "Two"))
    with path.open("rb") as file:
        file.seek(7)
        found = worker.read(file, path.stat().st_size, "x.pdf", Silent())
        assert file.tell() == 7
    assert [page.text for page in found.pages] == ["One", "Two"]


def test_it_tells_how_far_it_is(worker: Worker) -> None:
    steps = Steps()
    read(worker, pdf("a", "b", "c"), progress=steps)
    assert steps.seen[0] == (1, 3)
    assert steps.seen[-1] == (3, 3)


@pytest.mark.parametrize(
    ("data", "name", "code", "params"),
    [
        (b"", "x.pdf", "docs.empty_file", {}),
        (b"%PDF-1.4 rubbish", "x.pdf", "docs.pdf_damaged", {}),
        (b"<html>404", "x.pdf", "docs.wrong_name", {}),
        (pdf(trailer=""), "x.pdf", "docs.pdf_damaged", {}),
    ],
)
def test_what_it_refuses_keeps_its_reason(
    worker: Worker, data: bytes, name: str, code: str, params: dict[str, object]
) -> None:
    with pytest.raises(InputError) as caught:
        read(worker, data, name)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_one_process_serves_many_files(worker: Worker) -> None:
    read(worker, pdf("a"))
    first = worker._process
    read(worker, pdf("b"))
    assert worker._process is first


def test_it_is_replaced_after_many_files(fresh: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SERVED_MOST", 1)
    read(fresh, pdf("a"))
    first = fresh._process
    read(fresh, pdf("b"))
    assert fresh._process is not first


def child(worker: Worker) -> "subprocess.Popen[bytes]":
    assert worker._process is not None
    return worker._process._child


def test_one_that_ended_is_replaced(fresh: Worker) -> None:
    fresh.start()
    child(fresh).kill()
    child(fresh).wait()
    assert read(fresh, pdf("a")).pages[0].text == "a"


def test_one_that_ends_as_the_file_comes_is_replaced(fresh: Worker) -> None:
    read(fresh, pdf("a"))
    pipe = child(fresh).stdin
    assert pipe is not None
    child(fresh).kill()
    assert read(fresh, pdf("b")).pages[0].text == "b"


def test_one_that_dies_over_a_file_refuses_the_file_alone(fresh: Worker, tmp_path: Path) -> None:
    body = f"os.mkdir({str(tmp_path)!r} + f'/{{os.getpid()}}'); os.kill(os.getppid(), 9)"
    deadly = reading.program(tmp_path, "tesseract", body)
    asked = Asked(tesseract=Tesseract(str(deadly), ("eng",)))
    with pytest.raises(InputError, match=r"docs\.reader_crashed"):
        read(fresh, picture("", (80, 40)), "a.png", asked=asked)
    assert sum(each.is_dir() for each in tmp_path.iterdir()) == 1
    assert read(fresh, pdf("b")).pages[0].text == "b"


@linux
def test_one_that_falls_silent_is_killed(fresh: Worker) -> None:
    fresh.start()
    read(fresh, pdf("a"))
    stopped = child(fresh)
    os.kill(stopped.pid, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        read(fresh, pdf("a"))
    assert (caught.value.code, caught.value.params["seconds"]) == ("docs.too_slow", 1)
    assert time.monotonic() - began < 4
    assert stopped.poll() is not None
    assert read(fresh, pdf("b")).pages[0].text == "b"


def test_a_cancellation_ends_it_at_once(fresh: Worker) -> None:
    with pytest.raises(Cancelled):
        read(fresh, pdf(*"abcdefgh" * 20), progress=Steps(cancel_at=1))
    assert fresh._process is None


def test_reading_that_outgrows_its_memory_is_refused(fresh: Worker) -> None:
    deep = b"%PDF-1.4\n" + b"[" * 3_000_000
    with pytest.raises(InputError):
        read(fresh, deep)
    assert read(fresh, pdf("b")).pages[0].text == "b"


def test_without_a_process_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EnvironmentFault, match=r"docs\.no_reader"):
        Worker().start()


def test_a_process_that_does_not_begin_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_START", "raise SystemExit(1); ")
    one = Worker()
    with pytest.raises(EnvironmentFault, match=r"docs\.no_reader"):
        read(one, pdf("a"))
    one.close()


@pytest.mark.parametrize(
    "answer",
    [
        "sys.stdout.buffer.write(b'x' * 100)",
        "send(out, {'kind': 'pdf', 'origin': 'pdf'}, b't', b'', b'', b'')",
        "send(out, {'pages': [True]}, b'\\xff')",
        "send(out, {'pages': [True]}, b'a', b'b')",
        "send(out, {'pages': 1}, b'a')",
        "send(out, {'step': -1, 'of': 2})",
        "send(out, {'pages': [True]}, b'a'); "
        "send(out, {'kind': 'exe', 'origin': 'pdf'}, b't', b'', b'', b'')",
        "send(out, {'pages': [True]}, b'a'); "
        "send(out, {'kind': 'pdf', 'origin': 'pdf'}, b't', b'', b'', b'MZ')",
        "send(out, {'pages': [True]}, b'a'); send(out, {'kind': 'pdf', 'origin': 'pdf'}, b't')",
    ],
)
def test_nonsense_is_not_believed(
    fresh: Worker, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    liar = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); "
        "from congress.docs.workerwire import send, receive; out = sys.stdout.buffer; "
        f"send(out, {{'held': []}}); receive(sys.stdin.buffer, 10**9); {answer}; out.flush(); "
    )
    monkeypatch.setattr(module, "_START", f"{liar}import time; time.sleep(9); ")
    with pytest.raises(InputError, match=r"docs\.reader_crashed"):
        read(fresh, pdf("a"))


def test_an_answer_without_end_is_cut(fresh: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_ANSWER", 1_000)
    with pytest.raises(InputError, match=r"docs\.reader_crashed"):
        read(fresh, b"a" * 600 + b" " + b"b" * 600, "x.txt")


def test_html_is_sanitised_on_this_side_too(fresh: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    liar = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); "
        "from congress.docs.workerwire import send, receive; out = sys.stdout.buffer; "
        "send(out, {'held': []}); receive(sys.stdin.buffer, 10**9); "
        "send(out, {'pages': [True]}, b'a'); "
        "send(out, {'kind': 'html', 'origin': 'source'}, b't', "
        'b\'<p><a name="page-1"></a><a name="x"></a>a<img src="http://x/y">'
        "<script>x</script></p>', b'', b''); import time; time.sleep(9); "
    )
    monkeypatch.setattr(module, "_START", liar)
    assert read(fresh, pdf("a")).reflow == '<p><a name="page-1"></a><a></a>a<img></p>'


@linux
def test_the_limits_hold(worker: Worker) -> None:
    assert {"core", "memory", "file_size", "open_files", "privileges"} <= set(worker.limits())
    assert read(worker, pdf("a")).pages[0].text == "a"


@linux
def test_scans_are_read_inside_the_limits(worker: Worker, tmp_path: Path) -> None:
    fake = reading.tesseract(tmp_path)
    asked = Asked(tesseract=Tesseract(str(fake), ("eng", "vie", "urd")))
    found = read(worker, picture("", (400, 200)), "a.png", asked=asked)
    assert (found.kind, found.origin) == (PaperKind.IMAGE, TextOrigin.OCR)
    assert found.pages[0].text == "read by vie\nat last of all"
    assert found.rendition.startswith(b"%PDF-")


@linux
def test_pages_with_text_are_not_recognised(worker: Worker, tmp_path: Path) -> None:
    fake = reading.tesseract(tmp_path)
    asked = Asked(tesseract=Tesseract(str(fake), ("eng",)))
    found = read(worker, pdf("words enough to be a page of text", ""), asked=asked)
    assert [page.text for page in found.pages] == ["words enough to be a page of text", ""]
    assert found.origin is TextOrigin.PDF


@linux
def test_a_page_that_takes_long_keeps_the_process_alive(tmp_path: Path) -> None:
    slow = reading.program(tmp_path, "tesseract", "sys.stdin.buffer.read(); time.sleep(2.6)")
    asked = Asked(tesseract=Tesseract(str(slow), ("eng",)))
    patient = Worker(patience=1.8)
    found = read(patient, picture("", (80, 40)), "a.png", asked=asked)
    patient.close()
    assert found.origin is TextOrigin.NONE
