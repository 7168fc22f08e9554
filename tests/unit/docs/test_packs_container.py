from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from congress.docs.packs import container
from congress.docs.packs.container import (
    MAGIC,
    check_pack,
    read_manifest,
    unpack,
    unpacked_manifest,
    write_pack,
)
from congress.docs.packs.model import Manifest, PackId, Part, RecipientId
from congress.kernel.canonical import encode
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.progress import CancelFlag
from congress.kernel.signing import Signer
from tests.helpers.packs import PackHouse, pack_house
from tests.helpers.vaults import MORNING


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackHouse]:
    made = pack_house(tmp_path_factory.mktemp("house"))
    yield made
    made.vault.close()


@pytest.fixture(scope="module")
def pack(house: PackHouse) -> Path:
    return house.pack()[0].path


def test_a_pack_says_what_it_is_and_nothing_of_its_papers(house: PackHouse, pack: Path) -> None:
    manifest = read_manifest(pack)
    assert manifest.congress == "Congress of the boats"
    assert manifest.papers == 2
    assert manifest.code == "7ZK3Q0MW"
    assert check_pack(pack) == manifest
    head = pack.read_bytes()[: pack.stat().st_size - sum(part.size for part in manifest.parts)]
    for word in ("Title", "Item", "Lan", "D-014"):
        assert word.encode() not in head
    assert len(manifest.fingerprint.split()) == 4


def test_it_unpacks_to_what_was_packed_and_is_known_as_a_pack(pack: Path, tmp_path: Path) -> None:
    manifest = unpack(pack, tmp_path)
    assert unpacked_manifest(tmp_path) == manifest
    sizes = {part.name: part.size for part in manifest.parts}
    assert {name: (tmp_path / name).stat().st_size for name in sizes} == sizes
    assert unpacked_manifest(tmp_path / "blobs") is None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_changed_byte_anywhere_is_refused(pack: Path, tmp_path: Path, share: float) -> None:
    data = bytearray(pack.read_bytes())
    data[len(MAGIC) + 4 + int((len(data) - len(MAGIC) - 5) * share)] ^= 1
    bad = tmp_path / "bad.congresspack"
    bad.write_bytes(data)
    with pytest.raises(InputError) as refused:
        unpack(bad, tmp_path / "into")
    assert refused.value.code in {"pack.damaged", "pack.unsigned"}
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize("kept", [0, 5, 8, 11, 12, 200, -1])
def test_a_cut_pack_is_refused(pack: Path, tmp_path: Path, kept: int) -> None:
    bad = tmp_path / "cut.congresspack"
    bad.write_bytes(pack.read_bytes()[:kept])
    with pytest.raises(InputError) as refused:
        check_pack(bad)
    assert refused.value.code in {"pack.damaged", "pack.not_a_pack"}


def test_what_hangs_behind_a_pack_is_refused(pack: Path, tmp_path: Path) -> None:
    bad = tmp_path / "long.congresspack"
    bad.write_bytes(pack.read_bytes() + b"\0")
    with pytest.raises(InputError, match=r"pack\.damaged"):
        check_pack(bad)


def test_what_is_no_pack_is_said(tmp_path: Path) -> None:
    other = tmp_path / "letter.congresspack"
    other.write_bytes(b"Dear secretariat, here is the letter.")
    with pytest.raises(InputError, match=r"pack\.not_a_pack"):
        read_manifest(other)
    with pytest.raises(InputError, match=r"pack\.not_found"):
        read_manifest(tmp_path / "none.congresspack")
    with pytest.raises(InputError, match=r"pack\.not_found"):
        read_manifest(tmp_path)


def test_a_later_format_is_left_alone(pack: Path, tmp_path: Path) -> None:
    data = bytearray(pack.read_bytes())
    data[len(MAGIC) - 1] += 1
    later = tmp_path / "later.congresspack"
    later.write_bytes(data)
    with pytest.raises(RefusedError, match=r"pack\.newer"):
        read_manifest(later)


def _written(folder: Path, **changed: object) -> Path:
    folder.mkdir()
    (folder / "vault.json").write_bytes(b"{}")
    signer = Signer(bytes(32))
    manifest = Manifest(
        pack_id=PackId("p"),
        congress="Congress",
        made_at=MORNING,
        expires_at=MORNING,
        code="C",
        recipient_id=RecipientId("r"),
        papers=0,
        parts=(),
        key=signer.public_key,
    )
    part = Part("vault.json", 2, bytes.fromhex(_HASH))
    manifest = replace(manifest, parts=(part,))
    manifest = replace(manifest, **changed)  # type: ignore[arg-type]
    path = folder / "a.congresspack"
    write_pack(path, folder, manifest, signer)
    return path


_HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_signature_of_another_key_is_refused(tmp_path: Path) -> None:
    assert check_pack(_written(tmp_path / "good")).congress == "Congress"
    with pytest.raises(InputError, match=r"pack\.unsigned"):
        check_pack(_written(tmp_path / "bad", key=Signer(bytes(31) + b"1").public_key))


@pytest.mark.parametrize(
    "names",
    [
        ["vault.json", "../outside.db"],
        ["vault.json", "/etc/passwd.db"],
        ["vault.json", "blobs/../../x"],
        ["vault.json", "vault.json"],
        ["congress.db"],
    ],
)
def test_a_signed_pack_with_wrong_names_is_refused(tmp_path: Path, names: list[str]) -> None:
    signer = Signer(bytes(32))
    value = {
        **container._written(read_manifest(_written(tmp_path / "good"))),
        "parts": [[name, 0, _EMPTY] for name in names],
    }
    body = encode(value)
    path = tmp_path / "a.congresspack"
    path.write_bytes(MAGIC + len(body).to_bytes(4, "big") + body + signer.sign("pack", value))
    with pytest.raises(InputError, match=r"pack\.damaged"):
        check_pack(path)


_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_pack_replaces_no_file_and_leaves_nothing_when_cancelled(
    house: PackHouse, pack: Path
) -> None:
    before = sorted(path.name for path in house.folder.iterdir())
    with pytest.raises(InputError, match=r"pack\.exists"):
        house.pack()

    class Stopping(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            if done:
                self.raise_flag()

    with pytest.raises(CongressError, match="cancelled"):
        house.pack("other", progress=Stopping())
    assert sorted(path.name for path in house.folder.iterdir()) == before
