"""Groups of restricted papers: who holds their keys, and who loses them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import GroupId, MemberId, new_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage import group_store, groupkeys, opening
from congress.storage.audit import entries, verify_audit
from congress.storage.engine import connect
from congress.storage.model import GroupsChanged
from congress.storage.vault import Vault
from tests.helpers.vaults import no_papers, open_vault
from tests.unit.storage.groups.conftest import (
    HOA,
    LAN,
    group_files,
    shelf_of,
    subjects_in,
    two_delegates,
    write_into,
)


def test_a_group_is_of_its_members_and_the_secretariat(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = two_delegates(vault)
        group = vault.add_group("  Drafting  committee ", [lan.id])
        assert (group.name, group.members) == ("Drafting committee", (lan.id,))
        assert vault.groups() == [group]
        write_into(vault, group.id, "p1")
        key = vault.shelf_key(shelf_of(group.id))
    with open_vault(vault_path, name="lan", passphrase=LAN) as vault:
        assert vault.groups() == [group]
        assert list(vault.papers) == [
            Shelf(Clearance.PUBLIC),
            Shelf(Clearance.DELEGATES),
            shelf_of(group.id),
        ]
        assert vault.shelf_key(shelf_of(group.id)) == key
        assert subjects_in(vault, group.id) == ["p1"]
    with open_vault(vault_path, name="hoa", passphrase=HOA) as vault:
        assert vault.groups() == []
        assert list(vault.papers) == [Shelf(Clearance.PUBLIC), Shelf(Clearance.DELEGATES)]
        with pytest.raises(RefusedError) as caught:
            vault.shelf_key(shelf_of(group.id))
        assert caught.value.code == "clearance.not_held"
        with pytest.raises(RefusedError):
            vault.shelf_key(Shelf(Clearance.RESTRICTED))


def test_groups_stand_between_restricted_and_secret(vault: Vault) -> None:
    first, second = (vault.add_group(name, []) for name in ("First", "Second"))
    assert list(vault.papers) == sorted(vault.papers)
    assert set(list(vault.papers)[3:5]) == {shelf_of(first.id), shelf_of(second.id)}
    assert list(vault.papers)[-1] == Shelf(Clearance.SECRET)
    assert len({vault.shelf_key(shelf) for shelf in vault.papers}) == 6


def test_who_is_not_of_a_group_cannot_read_its_name(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        two_delegates(vault)
        vault.add_group("Umbrella committee", [])
    with open_vault(vault_path, name="hoa", passphrase=HOA) as vault:
        with vault.congress.reading() as connection:
            dump = repr(connection.execute(text("SELECT * FROM paper_group")).all())
            dump += repr(connection.execute(text("SELECT * FROM group_seal")).all())
            dump += repr(list(entries(connection)))
        assert "Umbrella" not in dump
    for path in vault_path.rglob("*"):
        assert "mbrella" not in path.name
        assert not path.is_file() or b"mbrella" not in path.read_bytes()


def test_who_joins_reads_what_was_there_and_the_key_stays(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, hoa = two_delegates(vault)
        group = vault.add_group("Drafting", [lan.id])
        write_into(vault, group.id, "p1")
        key, files = vault.shelf_key(shelf_of(group.id)), group_files(vault_path)
        changed = vault.change_group(group.id, "Writers", [lan.id, hoa.id], no_papers)
        assert changed.members == (hoa.id, lan.id)
        assert (vault.shelf_key(shelf_of(group.id)), group_files(vault_path)) == (key, files)
    with open_vault(vault_path, name="hoa", passphrase=HOA) as vault:
        assert [each.name for each in vault.groups()] == ["Writers"]
        assert subjects_in(vault, group.id) == ["p1"]


def test_who_leaves_reads_nothing_that_comes_later(vault_path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with open_vault(vault_path) as vault:
        lan, hoa = two_delegates(vault)
        group = vault.add_group("Drafting", [lan.id, hoa.id])
        write_into(vault, group.id, "early")
        old_key = vault._groups._keys[group.id]
    shutil.copytree(vault_path, kept)
    with open_vault(vault_path) as vault:
        assert vault.change_group(group.id, "Drafting", [hoa.id], no_papers).members == (hoa.id,)
        assert vault._groups._keys[group.id] != old_key
        assert subjects_in(vault, group.id) == ["early", group.id]
        write_into(vault, group.id, "later")
        assert verify_audit(vault.papers[shelf_of(group.id)]) is None
    assert len(list(vault_path.glob("papers-*.db"))) == 1
    with open_vault(vault_path, name="lan", passphrase=LAN) as vault:
        assert vault.groups() == []
    with open_vault(vault_path, name="hoa", passphrase=HOA) as vault:
        assert subjects_in(vault, group.id) == ["early", group.id, "later"]
    # What was copied before stays readable: the manual says so.
    with open_vault(kept, name="lan", passphrase=LAN) as copy:
        assert subjects_in(copy, group.id) == ["early"]
    (file,) = vault_path.glob("papers-*.db")
    with pytest.raises(Exception, match="not a database"):
        connect(file, groupkeys.papers_file(old_key))


def test_the_data_keys_are_wrapped_anew_in_the_new_file(vault: Vault) -> None:
    lan, _ = two_delegates(vault)
    group = vault.add_group("Drafting", [lan.id])
    before, seen = vault.shelf_key(shelf_of(group.id)), []

    def rewrap(connection: object, group_id: GroupId, old: bytes, new: bytes) -> None:
        seen.append((group_id, old, new))

    vault.change_group(group.id, "Drafting", [], rewrap)
    assert seen == [(group.id, before, vault.shelf_key(shelf_of(group.id)))]


@pytest.mark.parametrize("step", ["copy", "rewrap", "save"])
def test_a_change_of_keys_that_fails_changes_nothing(
    vault_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentFault("disk.full", file="papers")

    with open_vault(vault_path) as vault:
        lan, _ = two_delegates(vault)
        group = vault.add_group("Drafting", [lan.id])
        write_into(vault, group.id, "p1")
        files, key = group_files(vault_path), vault.shelf_key(shelf_of(group.id))
        if step == "copy":
            monkeypatch.setattr("congress.storage.groups.copy_file", full)
        if step == "save":
            monkeypatch.setattr(group_store, "save", full)
        with pytest.raises(EnvironmentFault):
            vault.change_group(group.id, "Other", [], full if step == "rewrap" else no_papers)
        monkeypatch.undo()
        assert vault.groups() == [group]
        assert vault.shelf_key(shelf_of(group.id)) == key
        write_into(vault, group.id, "p2")
        assert subjects_in(vault, group.id) == ["p1", "p2"]
        assert {name for name in group_files(vault_path) if name.endswith(".db")} == {
            name for name in files if name.endswith(".db")
        }
    with open_vault(vault_path, name="lan", passphrase=LAN) as vault:
        assert subjects_in(vault, group.id) == ["p1", "p2"]


def test_what_waited_for_the_change_of_keys_is_refused(vault: Vault) -> None:
    """It would be written to the file that goes."""
    lan, _ = two_delegates(vault)
    group = vault.add_group("Drafting", [lan.id])
    old = vault.papers[shelf_of(group.id)]
    vault.change_group(group.id, "Drafting", [], no_papers)
    with pytest.raises(EnvironmentFault) as caught, old.unit_of_work(vault.actor):
        pass
    assert caught.value.code == "group.changed_meanwhile"
    write_into(vault, group.id, "p1")


def test_a_member_who_is_removed_loses_the_groups_and_their_own_file(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, hoa = two_delegates(vault)
        group = vault.add_group("Drafting", [lan.id, hoa.id])
    with open_vault(vault_path, name="lan", passphrase=LAN):
        pass
    with open_vault(vault_path) as vault:
        before = vault.shelf_key(shelf_of(group.id))
        assert len(list(vault_path.glob("own-*.db"))) == 2
        vault.remove_member(lan.id, no_papers)
        assert len(list(vault_path.glob("own-*.db"))) == 1
        assert [each.members for each in vault.groups()] == [(hoa.id,)]
        assert vault.shelf_key(shelf_of(group.id)) != before
        with vault.congress.reading() as connection:
            (row,) = group_store.everything(connection)
            assert lan.id not in row.seals
            assert lan.id not in group_store.member_keys(connection)


def test_who_comes_to_the_secretariat_holds_every_group(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        group = vault.add_group("Drafting", [])
        lan = vault.add_member("lan", Role.SECRETARIAT, LAN)
        assert vault.groups() == [group]
    with open_vault(vault_path, name="lan", passphrase=LAN) as vault:
        assert vault.groups() == [group]
        before = vault.shelf_key(shelf_of(group.id))
    with open_vault(vault_path) as vault:
        vault.remove_member(lan.id, no_papers)
        assert vault.shelf_key(shelf_of(group.id)) != before


def test_a_removed_group_leaves_no_file(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        group = vault.add_group("Drafting", [])
        write_into(vault, group.id, "p1")
        database = vault.papers[shelf_of(group.id)]
        vault.remove_group(group.id)
        assert vault.groups() == []
        assert shelf_of(group.id) not in vault.papers
        with pytest.raises(EnvironmentFault), database.unit_of_work(vault.actor):
            pass
        with pytest.raises(InputError) as caught:
            vault.remove_group(group.id)
        assert caught.value.code == "group.unknown"
    assert group_files(vault_path) == set()


def test_what_a_crash_left_of_a_group_is_swept_by_the_secretariat(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = two_delegates(vault)
        group = vault.add_group("Drafting", [lan.id])
        (kept,) = vault_path.glob("papers-*.db")
    left = vault_path / f"papers-{new_id()}.db"
    opening.create_file(left, "papers", bytes(32))
    with open_vault(vault_path, name="lan", passphrase=LAN):
        assert left.exists()
    with open_vault(vault_path) as vault:
        assert not left.exists()
        assert kept.exists()
        assert vault.groups() == [group]


def test_groups_that_come_and_go_are_published_and_audited(vault_path: Path) -> None:
    seen: list[Event] = []
    bus = EventBus()
    with open_vault(vault_path, publisher=bus) as vault:
        lan, _ = two_delegates(vault)
        bus.subscribe(seen.append)
        group = vault.add_group("Drafting", [lan.id])
        vault.change_group(group.id, "Drafters", [lan.id], no_papers)
        vault.change_group(group.id, "Drafters", [], no_papers)
        vault.remove_group(group.id)
        with vault.congress.reading() as connection:
            told = [each for each in entries(connection) if each.action.startswith("group.")]
    assert seen == [GroupsChanged()] * 4
    assert [(each.action, each.subject) for each in told] == [
        (f"group.{action}", group.id) for action in ("added", "changed", "rekeyed", "removed")
    ]
    assert told[0].detail == {"members": 2}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", "group.bad_name"),
        ("x" * 101, "group.bad_name"),
        ("evil\u202ename", "group.bad_name"),
        ("DRAFTING", "group.name_taken"),
    ],
)
def test_a_name_that_no_group_can_have_is_refused(vault: Vault, name: str, code: str) -> None:
    vault.add_group("Drafting", [])
    other = vault.add_group("Other", [])
    files = {path.name for path in vault.path.glob("papers-*.db")}
    attempts: tuple[Callable[[], object], ...] = (
        lambda: vault.add_group(name, []),
        lambda: vault.change_group(other.id, name, [], no_papers),
    )
    for attempt in attempts:
        with pytest.raises(InputError) as caught:
            attempt()
        assert caught.value.code == code
    assert {path.name for path in vault.path.glob("papers-*.db")} == files


def test_only_those_who_can_sign_in_are_of_a_group(vault: Vault) -> None:
    with pytest.raises(InputError) as caught:
        vault.add_group("Drafting", [MemberId(new_id())])
    assert caught.value.code == "member.unknown"
    assert list(vault.path.glob("papers-*.db")) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_manages_groups(vault_path: Path, role: Role) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", role, LAN)
        group = vault.add_group("Drafting", [lan.id])
    with open_vault(vault_path, name="lan", passphrase=LAN) as vault:
        attempts: tuple[Callable[[], object], ...] = (
            lambda: vault.add_group("Other", []),
            lambda: vault.change_group(group.id, "Other", [], no_papers),
            lambda: vault.remove_group(group.id),
        )
        for attempt in attempts:
            with pytest.raises(RefusedError) as caught:
                attempt()
            assert caught.value.code == "role.not_allowed"
