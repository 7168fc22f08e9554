import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.kernel.errors import Cancelled, EnvironmentFault, InputError
from congress.secretariat import folder as module
from congress.secretariat.folder import write_all

FILES = [("a.csv", b"one"), ("b.csv", b"two")]


def everything(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def test_a_new_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    paths = write_all(tmp_path / "deep" / "out", FILES)
    assert [path.name for path in paths] == ["a.csv", "b.csv"]
    assert everything(tmp_path) == {"deep/out/a.csv": b"one", "deep/out/b.csv": b"two"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_folder_with_other_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    write_all(tmp_path, FILES)
    assert everything(tmp_path) == {"mine.txt": b"mine", "a.csv": b"one", "b.csv": b"two"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b.csv").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"export\.would_overwrite") as refusal:
        write_all(tmp_path / "out", FILES)
    assert refusal.value.params == {"file": "b.csv"}
    assert everything(tmp_path) == {"out/b.csv": b"mine"}


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def files() -> Iterator[tuple[str, bytes]]:
        yield from FILES
        (out / "b.csv").write_bytes(b"mine")

    with pytest.raises(InputError, match=r"export\.would_overwrite"):
        write_all(out, files())
    assert everything(tmp_path) == {"out/b.csv": b"mine"}


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"export\.not_a_folder"):
        write_all(tmp_path / "out", FILES)
    assert everything(tmp_path) == {"out": b"mine"}


def test_whoever_cancels_finds_nothing(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield FILES[0]
        raise Cancelled

    with pytest.raises(Cancelled):
        write_all(tmp_path / "out", files())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export.disk_full"),
        (errno.EDQUOT, "export.disk_full"),
        (errno.EROFS, "export.cannot_write"),
        (errno.EACCES, "export.cannot_write"),
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_a_failing_disk_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, there: bool
) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    calls = []

    def write(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == (4 if there else 2):
            path.write_bytes(data[:1])
            raise OSError(number, os.strerror(number))
        path.write_bytes(data)

    monkeypatch.setattr(module, "_write", write)
    with pytest.raises(EnvironmentFault, match=code) as fault:
        write_all(out, FILES)
    assert fault.value.params == {"file": "out"}
    assert everything(tmp_path) == {}
    assert list(tmp_path.iterdir()) == ([out] if there else [])
