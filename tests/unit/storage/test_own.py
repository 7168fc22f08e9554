"""The file that one member alone can open, and vaults of before there were such files."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import group_store, header, keys, migrate, settings_store
from congress.storage.audit import entries
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.header import Header
from congress.storage.keys import KeyRing
from congress.storage.schema import member
from congress.storage.vault import Vault
from tests.helpers.vaults import CHEAP, MORNING, PASSPHRASE, no_papers, open_vault

_LAN = "three red umbrellas"


def _note(vault: Vault, words: str) -> None:
    with vault.own.unit_of_work(vault.actor) as uow:
        uow.audit("test.noted", words)
        uow.commit()


def _notes(vault: Vault) -> list[str]:
    with vault.own.reading() as connection:
        return [each.subject for each in entries(connection)]


def test_what_is_a_members_own_stays_with_them(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", Role.DELEGATE, _LAN)
        _note(vault, "mine")
        assert vault.own.name.startswith("own-")
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert _notes(vault) == []
        _note(vault, "hers")
        vault.change_passphrase(_LAN, "nine blue kites")
        name = vault.own.name
    with open_vault(vault_path, name="lan", passphrase="nine blue kites") as vault:
        assert (_notes(vault), vault.own.name) == (["hers"], name)
    with open_vault(vault_path) as vault:
        assert _notes(vault) == ["mine"]


def test_the_secretariat_opens_nobody_elses_file_with_any_key_it_holds(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", Role.DELEGATE, _LAN)
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        file = vault_path / f"{vault.own.name}.db"
        _note(vault, "hers")
    with open_vault(vault_path) as vault:
        ring = vault._keys
        held = [ring.vault, ring.congress_file(), ring.own, ring.own_file(), ring.proof_key()]
        held += [ring.derive(name) for name in ("own", "file/own")]
        for clearance in Clearance:
            held += [ring.clearances[clearance], ring.papers_file(clearance)]
    for key in held:
        assert key is not None
        engine = sqlcipher_engine(file, key)
        with pytest.raises(InputError) as caught, engine.connect() as connection:
            migrate.current(connection)
        assert caught.value.code == "vault.damaged"
        engine.dispose()


def test_the_key_is_made_where_nobody_else_sees_it(vault_path: Path) -> None:
    """Who adds a member makes their slot, and could keep what is in it."""
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", Role.DELEGATE, _LAN)
    sealed = header.read(vault_path)
    key = keys.slot_key(sealed, "lan", _LAN)
    assert keys.open_slot(sealed, key).ring.own == b""
    assert not (vault_path / f"{keys.own_name(sealed.slot(lan.id))}.db").exists()
    open_vault(vault_path, name="lan", passphrase=_LAN).close()
    assert len(keys.open_slot(header.read(vault_path), key).ring.own) == 32


def test_a_file_that_a_crash_left_before_its_key_was_kept_is_made_anew(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", Role.DELEGATE, _LAN)
    name = keys.own_name(header.read(vault_path).slot(lan.id))
    (vault_path / f"{name}.db").write_bytes(os.urandom(4096))
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        _note(vault, "hers")
        assert _notes(vault) == ["hers"]


def _old_vault(path: Path) -> Path:
    """A vault as the first version of the program made it: header 1, no groups, no own files."""
    path.mkdir()
    ring = replace(KeyRing.fresh(), own=b"")
    sealed = Header(new_id(), os.urandom(32), CHEAP, ())
    people = {
        MemberId(new_id()): ("secretariat", Role.SECRETARIAT, PASSPHRASE),
        MemberId(new_id()): ("Lan", Role.DELEGATE, _LAN),
    }
    for member_id, (name, role, passphrase) in people.items():
        held = [each for each in Clearance if role is Role.SECRETARIAT or each < "e"]
        key = keys.slot_key(sealed, name, passphrase)
        slot = keys.make_slot(sealed, member_id, key, ring.only(held))
        sealed = replace(sealed, slots=(*sealed.slots, slot))
    files = {"congress": (ring.congress_file(), "congress", "0005_floor")} | {
        each.value: (ring.papers_file(each), "papers", "0001_papers") for each in Clearance
    }
    for name, (raw, tree, revision) in files.items():
        engine = sqlcipher_engine(path / f"{name}.db", raw, create=True)
        with engine.connect().execution_options(**{WRITING: True}) as connection:
            migrate.upgrade(connection, tree, revision)
            if tree == "congress":
                old = settings_store.to_json(Settings("Congress of the boats"))
                written = {key: value for key, value in old.items() if not key.endswith("ing")}
                connection.exec_driver_sql(
                    "INSERT INTO setting VALUES (1, ?)", (encode(written).decode(),)
                )
                for member_id, (sign_in, role, _) in people.items():
                    connection.execute(
                        insert(member).values(
                            id=member_id,
                            name=sign_in,
                            folded=keys.fold_name(sign_in),
                            role=role.value,
                            added_at=MORNING,
                        )
                    )
            connection.commit()
        engine.dispose()
    header.write(path, sealed)
    value = dict(decode((path / "vault.json").read_bytes()))  # type: ignore[arg-type]
    (path / "vault.json").write_bytes(encode(value | {"version": 1}))
    return path


@pytest.mark.parametrize("first", ["secretariat", "lan"])
def test_a_vault_of_before_gets_own_files_and_groups(tmp_path: Path, first: str) -> None:
    path = _old_vault(tmp_path / "vault")
    order = [("secretariat", PASSPHRASE), ("lan", _LAN)]
    for name, passphrase in order if first == "secretariat" else order[::-1]:
        with open_vault(path, name=name, passphrase=passphrase) as vault:
            assert vault.settings == Settings("Congress of the boats")
            assert vault.groups() == []
            _note(vault, name)
    with open_vault(path) as vault:
        lan = next(each for each in vault.members() if each.name == "Lan")
        with vault.congress.reading() as connection:
            assert len(group_store.member_keys(connection)) == 2
        group = vault.add_group("Drafting", [lan.id])
    with open_vault(path, name="lan", passphrase=_LAN) as vault:
        assert vault.groups() == [group]
        assert _notes(vault) == ["lan"]
        assert vault.shelf_key(Shelf(Clearance.RESTRICTED, group.id))
    with open_vault(path) as vault:
        assert _notes(vault) == ["secretariat"]
        vault.change_group(group.id, "Drafting", [], no_papers)


def test_an_earlier_program_is_told_that_the_header_is_newer(tmp_path: Path) -> None:
    path = _old_vault(tmp_path / "vault")
    open_vault(path, name="lan", passphrase=_LAN).close()
    assert decode((path / "vault.json").read_bytes())["version"] == 2  # type: ignore[call-overload, index]


def test_a_member_without_the_key_makes_no_groups(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault._groups._ring = vault._keys.only([Clearance.PUBLIC])
        with pytest.raises(RefusedError) as caught:
            vault.add_group("Drafting", [])
        assert caught.value.code == "clearance.not_held"
