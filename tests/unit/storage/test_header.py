import json
from pathlib import Path
from typing import Any

import pytest

from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.ids import MemberId
from congress.storage import header
from congress.storage.header import Header, KdfParameters, Slot

_SLOT = Slot(MemberId("a" * 26), b"public", b"private", b"keys")
_HEADER = Header("v" * 26, bytes(32), KdfParameters(), (_SLOT,))


def _bend(folder: Path, **changes: Any) -> None:
    header.write(folder, _HEADER)
    value = json.loads((folder / "vault.json").read_bytes())
    (folder / "vault.json").write_text(json.dumps(value | changes))


def test_a_header_is_read_as_it_was_written(tmp_path: Path) -> None:
    header.write(tmp_path, _HEADER)
    assert header.read(tmp_path) == _HEADER
    assert _HEADER.slot(_SLOT.id) == _SLOT


def test_the_real_cost_of_a_passphrase_is_64_mib_and_three_passes() -> None:
    assert KdfParameters() == KdfParameters(memory=65536, iterations=3, lanes=4)


def test_a_missing_folder_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        header.read(tmp_path / "absent")
    assert (caught.value.code, caught.value.params) == ("vault.not_found", {"file": "absent"})


def test_a_folder_of_something_else_is_no_vault(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        header.read(tmp_path)
    assert caught.value.code == "vault.not_a_vault"
    _bend(tmp_path, format="someone-else/vault")
    with pytest.raises(InputError) as caught:
        header.read(tmp_path)
    assert caught.value.code == "vault.not_a_vault"


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    _bend(tmp_path, version=header.VERSION + 1, kdf="something new")
    with pytest.raises(RefusedError) as caught:
        header.read(tmp_path)
    assert (caught.value.code, caught.value.params) == ("vault.newer", {"file": "vault.json"})


def test_every_truncation_is_damaged(tmp_path: Path) -> None:
    header.write(tmp_path, _HEADER)
    whole = (tmp_path / "vault.json").read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "vault.json").write_bytes(whole[:length])
        with pytest.raises(InputError) as caught:
            header.read(tmp_path)
        assert caught.value.code == "vault.damaged"


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "1"},
        {"salt": 5},
        {"salt": "not base64url!"},
        {"kdf": {"memory": 64}},
        {"kdf": {"memory": 1 << 30, "iterations": 3, "lanes": 4}},
        {"kdf": {"memory": 65536, "iterations": 1000, "lanes": 4}},
        {"kdf": {"memory": 65536, "iterations": 3, "lanes": 0}},
        {"kdf": {"memory": "64", "iterations": 3, "lanes": 4}},
        {"slots": [{"id": "a"}]},
        {"slots": 7},
        {"vault": None, "slots": None},
    ],
)
def test_every_bend_is_damaged(tmp_path: Path, changes: dict[str, Any]) -> None:
    _bend(tmp_path, **changes)
    with pytest.raises(InputError) as caught:
        header.read(tmp_path)
    assert (caught.value.code, caught.value.params) == ("vault.damaged", {"file": "vault.json"})


@pytest.mark.parametrize("data", [b"[]", b"7", b"\xff\xfe", b"[" * 100_000])
def test_other_json_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "vault.json").write_bytes(data)
    with pytest.raises(InputError) as caught:
        header.read(tmp_path)
    assert caught.value.code == "vault.damaged"


def test_a_header_that_is_a_folder_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "vault.json").mkdir()
    with pytest.raises(EnvironmentFault):
        header.read(tmp_path)
