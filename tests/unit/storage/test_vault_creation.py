"""A vault is made, whole or not at all."""

import errno
from pathlib import Path

import pytest

from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.events import EventBus
from congress.kernel.ids import is_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import header
from congress.storage.audit import entries, verify_audit
from congress.storage.vault import Vault
from tests.helpers.vaults import CHEAP, MORNING, PASSPHRASE, make_vault, manual_clock, open_vault

_SETTINGS = Settings("Congress of the boats")


def _create(path: Path, **changes: object) -> Vault:
    given = {
        "settings": _SETTINGS,
        "passphrase": PASSPHRASE,
        "clock": manual_clock(),
        "publisher": EventBus(),
        "kdf": CHEAP,
    } | changes
    return Vault.create(path, **given)  # type: ignore[arg-type]


def test_a_new_vault_is_open_in_the_name_of_its_secretariat(tmp_path: Path) -> None:
    with make_vault(tmp_path, settings=_SETTINGS) as vault:
        assert (vault.actor.name, vault.actor.role) == ("secretariat", Role.SECRETARIAT)
        assert tuple(vault.papers) == tuple(map(Shelf, Clearance))
        assert vault.settings == _SETTINGS
        assert [(m.name, m.role, m.added_at) for m in vault.members()] == [
            ("secretariat", Role.SECRETARIAT, MORNING)
        ]
        with vault.congress.reading() as connection:
            assert [entry.action for entry in entries(connection)] == ["congress.created"]


def test_the_folder_holds_what_the_design_says(vault_path: Path) -> None:
    (own,) = vault_path.glob("own-*.db")
    assert is_id(own.stem.removeprefix("own-"))
    assert {path.name for path in vault_path.iterdir() if path != own} == {
        "vault.json",
        "congress.db",
        "public.db",
        "delegates.db",
        "restricted.db",
        "secret.db",
        "blobs",
        "backups",
        "lock",
    }
    assert vault_path.stat().st_mode & 0o077 == 0


def test_a_vault_keeps_what_was_written(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        before = vault.derive("ledger"), vault.shelf_key(Shelf(Clearance.SECRET))
        with vault.papers[Shelf(Clearance.SECRET)].unit_of_work(vault.actor) as uow:
            uow.audit("paper.imported", "p1")
            uow.commit()
    with open_vault(vault_path) as vault:
        assert (vault.derive("ledger"), vault.shelf_key(Shelf(Clearance.SECRET))) == before
        assert verify_audit(vault.papers[Shelf(Clearance.SECRET)]) is None
        with vault.papers[Shelf(Clearance.SECRET)].reading() as connection:
            assert [entry.subject for entry in entries(connection)] == ["p1"]
        with vault.papers[Shelf(Clearance.PUBLIC)].reading() as connection:
            assert not list(entries(connection))


def test_an_empty_folder_may_become_a_vault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _create(tmp_path / "empty").close()
    open_vault(tmp_path / "empty").close()


def test_folders_above_are_made(tmp_path: Path) -> None:
    _create(tmp_path / "a" / "b" / "vault", name="Đỗ Lan").close()
    open_vault(tmp_path / "a" / "b" / "vault", name="đỗ lan").close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"passphrase": "short"}, "vault.short_passphrase"),
        ({"name": "  "}, "member.bad_name"),
        ({"name": "x" * 101}, "member.bad_name"),
        ({"name": "evil\u202ename"}, "member.bad_name"),
        ({"settings": Settings(" ")}, "settings.no_name"),
    ],
)
def test_what_cannot_be_a_congress_leaves_nothing(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        _create(tmp_path / "vault", **changes)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_new_vault_never_takes_the_place_of_files(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    for path in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(InputError) as caught:
            _create(path)
        assert (caught.value.code, caught.value.params) == ("vault.exists", {"file": path.name})
    assert (tmp_path / "letter.txt").read_text() == "dear all"


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(header, "write_whole", full)
    with pytest.raises(EnvironmentFault) as caught:
        _create(tmp_path / "vault")
    assert caught.value.code == "disk.full"
    assert list(tmp_path.iterdir()) == []
