"""The reading process from inside: how it is asked, and how it answers."""

import io
import os
import sys
from pathlib import Path

import pytest

from congress.docs import workermain as module
from congress.docs.workermain import _asked, _content, _Handed, _serve, _Telling
from congress.docs.workerwire import Frame, WireError, receive, send, utf8
from congress.kernel.canonical import Json
from tests.helpers.papers import pdf

ASKED: dict[str, Json] = {
    "name": "x.pdf",
    "size": 9,
    "language": "",
    "tesseract": "",
    "languages": "",
}


def answers(data: bytes, **asked: Json) -> list[Frame]:
    out = io.BytesIO()
    request = Frame({**ASKED, "size": len(data), **asked}, (b"", data))
    with _content(request, None) as content:
        _serve(request, content, out, set())
    out.seek(0)
    found = []
    while (frame := receive(out, 10**9)) is not None:
        found.append(frame)
    return found


def test_pages_come_before_what_was_found() -> None:
    step, pages, last = answers(pdf("one", title="A title"))
    assert (step.number("step"), step.number("of")) == (1, 1)
    assert (pages.texts(), pages.head["pages"]) == (("one",), [True])
    assert (last.text("kind"), last.text("origin"), last.parts[0]) == ("pdf", "pdf", b"A title")


def test_many_pages_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAGES_AT_ONCE", 2)
    frames = answers(pdf("a", "b", "c"))
    assert [len(each.parts) for each in frames if "pages" in each.head] == [2, 1]


def test_a_reason_keeps_its_parameters() -> None:
    (frame,) = answers(b"%PDF-1.4", name="x.pdf")
    assert (frame.text("refused"), frame.head["params"]) == ("docs.pdf_damaged", {})
    (frame,) = answers(b"{\\rtf", name="x.rtf")
    assert frame.head["params"] == {"package": "LibreOffice"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "docs.too_heavy"),
        (RecursionError(), "docs.too_deep"),
        (KeyError("x"), "docs.reader_crashed"),
    ],
)
def test_what_a_file_leads_to_is_its_fault(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(module, "extract", fail)
    (frame,) = answers(b"x", name="x.txt")
    assert frame.text("refused") == code


def test_a_program_is_allowed_when_it_is_asked_for(tmp_path: Path) -> None:
    request = Frame({**ASKED, "tesseract": "/bin/t", "languages": "vie eng"}, (b"", b""))
    programs: set[str] = set()
    out = io.BytesIO()
    telling = _Telling(out)
    assert module._recogniser(request, telling, programs) is not None
    assert programs == {"/bin/t"}
    telling.check()
    telling.beat()
    out.seek(0)
    frame = receive(out, 0)
    assert frame is not None
    assert frame.head["beat"] is True


@pytest.mark.skipif(sys.platform == "win32", reason="files are not handed over on Windows")
def test_a_file_that_was_handed_over_is_read_by_position(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"0123456789")
    number = os.open(path, os.O_RDONLY)
    with io.BufferedReader(_Handed(number, 10)) as file:
        assert file.read(3) == b"012"
        assert file.seek(-2, os.SEEK_END) == 8
        assert file.read() == b"89"
        assert file.seek(-4, os.SEEK_CUR) == 6
        assert os.lseek(number, 0, os.SEEK_CUR) == 0
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(number)


@pytest.mark.skipif(sys.platform == "win32", reason="there it waits for as long as it lives")
def test_it_waits_a_while_to_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_IDLE", 0.01)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as pipe, os.fdopen(writing, "wb") as other:
        assert not _asked(pipe)
        other.write(b"x")
        other.flush()
        assert _asked(pipe)


def test_frames_come_back_as_they_were_sent() -> None:
    stream = io.BytesIO()
    send(stream, {"a": 1, "b": "Đ"}, b"one", b"")
    stream.seek(0)
    frame = receive(stream, 3)
    assert frame is not None
    assert (frame.number("a"), frame.text("b"), frame.parts) == (1, "Đ", (b"one", b""))
    assert receive(stream, 3) is None
    assert utf8("a\ud800") == b"a?"


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"\0\0\0\x05{}",
        b"\x7f\xff\xff\xff",
        b"\0\0\0\x02[]",
        b"\0\0\0\x02{}",
        b'\0\0\0\x0f{"parts": [1]}x',
        b'\0\0\0\x0c{"parts":[9]}',
        b'\0\0\0\x0d{"parts":[-1]}',
        b'\0\0\0\x0f{"parts":[true]}',
        b'\0\0\0\x0e{"parts":[100]}' + bytes(100),
        b"\0\0\0\x05rubbi",
    ],
)
def test_a_frame_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        receive(io.BytesIO(data), 50)


@pytest.mark.parametrize("head", [{}, {"a": "x", "n": True}, {"a": 1, "n": -1}, {"n": "1"}])
def test_what_a_frame_lacks_is_told(head: dict[str, Json]) -> None:
    frame = Frame(head, (b"\xff",))
    with pytest.raises(WireError):
        frame.number("n")
    with pytest.raises(WireError):
        frame.text("missing")
    with pytest.raises(WireError):
        frame.texts()
