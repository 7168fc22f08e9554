import io
import os
import zipfile
from pathlib import Path

import pytest

from congress.docs import incoming as incoming_module
from congress.docs import zips as module
from congress.docs.files import Member
from congress.docs.incoming import Gathered
from congress.docs.zips import PaperZip, holds_papers
from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from tests.helpers.formats import epub, odt, zipped
from tests.helpers.papers import docx, paragraph, pdf

PAPERS = zipped(("a.pdf", pdf("a")), ("folder/b.txt", b"words"), ("folder/", b""))


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(data)
    return path


def test_its_files_are_read_in_memory(tmp_path: Path) -> None:
    opened = PaperZip(put(tmp_path, "papers.zip", PAPERS))
    assert opened.names == ("a.pdf", "b.txt")
    assert opened.read(1) == Member("b.txt", b"words")
    opened.close()
    assert [each.name for each in tmp_path.iterdir()] == ["papers.zip"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PAPERS, True),
        (zipped(), False),
        (docx(paragraph("x")), False),
        (odt(), False),
        (epub("x"), False),
        (pdf("x"), False),
        (b"PK\x03\x04 rubbish", False),
    ],
)
def test_what_is_a_zip_of_papers(tmp_path: Path, data: bytes, expected: bool) -> None:
    assert holds_papers(put(tmp_path, "x", data)) is expected
    assert not holds_papers(tmp_path / "nowhere")


def test_a_damaged_zip_is_still_one_by_its_name(tmp_path: Path) -> None:
    assert holds_papers(put(tmp_path, "x.zip", b"PK\x03\x04 rubbish"))
    assert holds_papers(put(tmp_path, "y.zip", b"<html>404"))


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/b\\..\\evil.txt", "\u202eevil.txt"],
)
def test_a_name_that_points_elsewhere_is_only_a_name(tmp_path: Path, name: str) -> None:
    opened = PaperZip(put(tmp_path, "x.zip", zipped((name, b"x"))))
    assert opened.names == ("evil.txt",)
    opened.close()


def test_names_that_were_written_in_utf8_without_saying_so(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x" * len("Nghị quyết.txt".encode()))
        archive.writestr(info, b"x")
    data = out.getvalue().replace(b"x" * len("Nghị quyết.txt".encode()), "Nghị quyết.txt".encode())
    opened = PaperZip(put(tmp_path, "x.zip", data))
    assert opened.names == ("Nghị quyết.txt",)
    opened.close()


def test_what_a_computer_leaves_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    names = ("__MACOSX/._a.pdf", ".DS_Store", "b/Thumbs.db", "a.pdf")
    opened = PaperZip(put(tmp_path, "x.zip", zipped(*((name, b"x") for name in names))))
    assert opened.names == ("a.pdf",)
    opened.close()


def locked() -> bytes:
    data = bytearray(PAPERS)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def quoted() -> bytes:
    data = bytearray(zipped(("a.txt", b"a" * 99), ("b.txt", b"b" * 99)))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    return bytes(data)


def long_list() -> bytes:
    data = bytearray(PAPERS)
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (2**31).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 rubbish", "docs.zip_damaged"),
        (PAPERS[:-30], "docs.zip_damaged"),
        (locked(), "docs.zip_password"),
        (quoted(), "docs.zip_bomb"),
        (long_list(), "docs.zip_bomb"),
        (zipped(("zeros.txt", bytes(3_000_000))), "docs.zip_bomb"),
        (zipped(*((f"{n}.txt", b"") for n in range(2_001))), "docs.zip_bomb"),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        PaperZip(put(tmp_path, "x.zip", data))
    assert (caught.value.code, caught.value.params["file"]) == (code, "x.zip")


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 100)
    with pytest.raises(InputError, match=r"docs\.zip_bomb"):
        PaperZip(put(tmp_path, "x.zip", PAPERS))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"docs\.cannot_read"):
        PaperZip(tmp_path / "x.zip")


def test_a_member_alone_can_be_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped(("a.txt", os.urandom(500)), ("b.txt", b"fine")))
    data[60] ^= 1
    opened = PaperZip(put(tmp_path, "x.zip", bytes(data)))
    with pytest.raises(InputError, match=r"docs\.zip_damaged") as caught:
        opened.read(0)
    assert caught.value.params["file"] == "a.txt"
    assert opened.read(1).content == b"fine"
    monkeypatch.setattr(module, "MAX_MEMBER", 3)
    with pytest.raises(InputError, match=r"docs\.too_large"):
        opened.read(1)
    opened.close()


def listed(*paths: Path) -> list[tuple[str, str]]:
    with Gathered(paths) as gathered:
        return [(each.name, each.place) for each in gathered.files]


def test_folders_and_zips_give_their_papers(tmp_path: Path) -> None:
    inside = tmp_path / "Drafts"
    for name in ("b.PDF", "a.txt", ".hidden.pdf", "photo.raw", "deep/c.md"):
        put(inside, name, b"x")
    put(inside, "more.zip", PAPERS)
    odd = put(tmp_path, "odd.bin", b"x")
    assert listed(inside, odd) == [
        ("a.txt", "Drafts"),
        ("b.PDF", "Drafts"),
        ("c.md", "deep"),
        ("a.pdf", "more.zip"),
        ("b.txt", "more.zip"),
        ("odd.bin", ""),
    ]


def test_a_zip_in_a_zip_is_one_file(tmp_path: Path) -> None:
    path = put(tmp_path, "x.zip", zipped(("in.zip", PAPERS), ("code.py", b"x")))
    assert listed(path) == [("in.zip", "x.zip")]


def test_a_zip_that_cannot_be_used_stands_with_its_reason(tmp_path: Path) -> None:
    with Gathered([put(tmp_path, "x.zip", locked()), put(tmp_path, "a.txt", b"x")]) as gathered:
        bad, good = gathered.files
        with pytest.raises(CongressError, match=r"docs\.zip_password"):
            bad.source()
        assert good.source() == tmp_path / "a.txt"


def test_a_whole_disk_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming_module, "MAX_FILES", 2)
    for name in "abcd":
        put(tmp_path, f"{name}.txt", b"x")
    with Gathered([tmp_path]) as gathered:
        *taken, last = gathered.files
    assert [each.fault for each in taken] == [None, None]
    assert last.fault is not None
    assert last.fault.code == "docs.too_many_files"


def test_a_file_of_a_zip_is_read_when_it_is_its_turn(tmp_path: Path) -> None:
    with Gathered([put(tmp_path, "x.zip", PAPERS)]) as gathered:
        assert gathered.files[1].source() == Member("b.txt", b"words")
