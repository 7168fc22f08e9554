"""Groups of restricted papers: who holds their keys, and who loses them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from congress.kernel.errors import CongressError, EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import GroupId, MemberId, new_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage import group_store, groupkeys, header, opening
from congress.storage.audit import entries, verify_audit
from congress.storage.engine import connect
from congress.storage.model import GroupsChanged, Member
from congress.storage.schema import group_seal, member_key, paper_group
from congress.storage.vault import Vault
from tests.helpers.vaults import PASSPHRASE, no_papers, open_vault

_LAN, _HOA = "three red umbrellas", "seven tall candles"


def _shelf(group_id: GroupId) -> Shelf:
    return Shelf(Clearance.RESTRICTED, group_id)


def _people(vault: Vault) -> tuple[Member, Member]:
    return vault.add_member("lan", Role.DELEGATE, _LAN), vault.add_member(
        "hoa", Role.DELEGATE, _HOA
    )


def _write(vault: Vault, group_id: GroupId, words: str) -> None:
    with vault.papers[_shelf(group_id)].unit_of_work(vault.actor) as uow:
        uow.audit("test.written", words)
        uow.commit()


def _subjects(vault: Vault, group_id: GroupId) -> list[str]:
    with vault.papers[_shelf(group_id)].reading() as connection:
        return [each.subject for each in entries(connection)]


def _group_files(path: Path) -> set[str]:
    return {each.name for each in path.glob("papers-*")}


@pytest.fixture
def vault(vault_path: Path) -> Iterator[Vault]:
    with open_vault(vault_path) as opened:
        yield opened


def test_a_group_is_of_its_members_and_the_secretariat(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = _people(vault)
        group = vault.add_group("  Drafting  committee ", [lan.id])
        assert (group.name, group.members) == ("Drafting committee", (lan.id,))
        assert vault.groups() == [group]
        _write(vault, group.id, "p1")
        key = vault.shelf_key(_shelf(group.id))
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert vault.groups() == [group]
        assert list(vault.papers) == [
            Shelf(Clearance.PUBLIC),
            Shelf(Clearance.DELEGATES),
            _shelf(group.id),
        ]
        assert vault.shelf_key(_shelf(group.id)) == key
        assert _subjects(vault, group.id) == ["p1"]
    with open_vault(vault_path, name="hoa", passphrase=_HOA) as vault:
        assert vault.groups() == []
        assert list(vault.papers) == [Shelf(Clearance.PUBLIC), Shelf(Clearance.DELEGATES)]
        with pytest.raises(RefusedError) as caught:
            vault.shelf_key(_shelf(group.id))
        assert caught.value.code == "clearance.not_held"
        with pytest.raises(RefusedError):
            vault.shelf_key(Shelf(Clearance.RESTRICTED))


def test_groups_stand_between_restricted_and_secret(vault: Vault) -> None:
    first, second = (vault.add_group(name, []) for name in ("First", "Second"))
    assert list(vault.papers) == sorted(vault.papers)
    assert set(list(vault.papers)[3:5]) == {_shelf(first.id), _shelf(second.id)}
    assert list(vault.papers)[-1] == Shelf(Clearance.SECRET)
    assert len({vault.shelf_key(shelf) for shelf in vault.papers}) == 6


def test_who_is_not_of_a_group_cannot_read_its_name(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        _people(vault)
        vault.add_group("Umbrella committee", [])
    with open_vault(vault_path, name="hoa", passphrase=_HOA) as vault:
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
        lan, hoa = _people(vault)
        group = vault.add_group("Drafting", [lan.id])
        _write(vault, group.id, "p1")
        key, files = vault.shelf_key(_shelf(group.id)), _group_files(vault_path)
        changed = vault.change_group(group.id, "Writers", [lan.id, hoa.id], no_papers)
        assert changed.members == (hoa.id, lan.id)
        assert (vault.shelf_key(_shelf(group.id)), _group_files(vault_path)) == (key, files)
    with open_vault(vault_path, name="hoa", passphrase=_HOA) as vault:
        assert [each.name for each in vault.groups()] == ["Writers"]
        assert _subjects(vault, group.id) == ["p1"]


def test_who_leaves_reads_nothing_that_comes_later(vault_path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with open_vault(vault_path) as vault:
        lan, hoa = _people(vault)
        group = vault.add_group("Drafting", [lan.id, hoa.id])
        _write(vault, group.id, "early")
        old_key = vault._groups._keys[group.id]
    shutil.copytree(vault_path, kept)
    with open_vault(vault_path) as vault:
        assert vault.change_group(group.id, "Drafting", [hoa.id], no_papers).members == (hoa.id,)
        assert vault._groups._keys[group.id] != old_key
        assert _subjects(vault, group.id) == ["early", group.id]
        _write(vault, group.id, "later")
        assert verify_audit(vault.papers[_shelf(group.id)]) is None
    assert len(list(vault_path.glob("papers-*.db"))) == 1
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert vault.groups() == []
    with open_vault(vault_path, name="hoa", passphrase=_HOA) as vault:
        assert _subjects(vault, group.id) == ["early", group.id, "later"]
    # What was copied before stays readable: the manual says so.
    with open_vault(kept, name="lan", passphrase=_LAN) as copy:
        assert _subjects(copy, group.id) == ["early"]
    (file,) = vault_path.glob("papers-*.db")
    with pytest.raises(Exception, match="not a database"):
        connect(file, groupkeys.papers_file(old_key))


def test_the_data_keys_are_wrapped_anew_in_the_new_file(vault: Vault) -> None:
    lan, _ = _people(vault)
    group = vault.add_group("Drafting", [lan.id])
    before, seen = vault.shelf_key(_shelf(group.id)), []

    def rewrap(connection: object, group_id: GroupId, old: bytes, new: bytes) -> None:
        seen.append((group_id, old, new))

    vault.change_group(group.id, "Drafting", [], rewrap)
    assert seen == [(group.id, before, vault.shelf_key(_shelf(group.id)))]


@pytest.mark.parametrize("step", ["copy", "rewrap", "save"])
def test_a_change_of_keys_that_fails_changes_nothing(
    vault_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentFault("disk.full", file="papers")

    with open_vault(vault_path) as vault:
        lan, _ = _people(vault)
        group = vault.add_group("Drafting", [lan.id])
        _write(vault, group.id, "p1")
        files, key = _group_files(vault_path), vault.shelf_key(_shelf(group.id))
        if step == "copy":
            monkeypatch.setattr("congress.storage.groups.copy_file", full)
        if step == "save":
            monkeypatch.setattr(group_store, "save", full)
        with pytest.raises(EnvironmentFault):
            vault.change_group(group.id, "Other", [], full if step == "rewrap" else no_papers)
        monkeypatch.undo()
        assert vault.groups() == [group]
        assert vault.shelf_key(_shelf(group.id)) == key
        _write(vault, group.id, "p2")
        assert _subjects(vault, group.id) == ["p1", "p2"]
        assert {name for name in _group_files(vault_path) if name.endswith(".db")} == {
            name for name in files if name.endswith(".db")
        }
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert _subjects(vault, group.id) == ["p1", "p2"]


def test_what_waited_for_the_change_of_keys_is_refused(vault: Vault) -> None:
    """It would be written to the file that goes."""
    lan, _ = _people(vault)
    group = vault.add_group("Drafting", [lan.id])
    old = vault.papers[_shelf(group.id)]
    vault.change_group(group.id, "Drafting", [], no_papers)
    with pytest.raises(EnvironmentFault) as caught, old.unit_of_work(vault.actor):
        pass
    assert caught.value.code == "group.changed_meanwhile"
    _write(vault, group.id, "p1")


def test_a_member_who_is_removed_loses_the_groups_and_their_own_file(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, hoa = _people(vault)
        group = vault.add_group("Drafting", [lan.id, hoa.id])
    with open_vault(vault_path, name="lan", passphrase=_LAN):
        pass
    with open_vault(vault_path) as vault:
        before = vault.shelf_key(_shelf(group.id))
        assert len(list(vault_path.glob("own-*.db"))) == 2
        vault.remove_member(lan.id, no_papers)
        assert len(list(vault_path.glob("own-*.db"))) == 1
        assert [each.members for each in vault.groups()] == [(hoa.id,)]
        assert vault.shelf_key(_shelf(group.id)) != before
        with vault.congress.reading() as connection:
            (row,) = group_store.everything(connection)
            assert lan.id not in row.seals
            assert lan.id not in group_store.member_keys(connection)


def test_who_comes_to_the_secretariat_holds_every_group(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        group = vault.add_group("Drafting", [])
        lan = vault.add_member("lan", Role.SECRETARIAT, _LAN)
        assert vault.groups() == [group]
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert vault.groups() == [group]
        before = vault.shelf_key(_shelf(group.id))
    with open_vault(vault_path) as vault:
        vault.remove_member(lan.id, no_papers)
        assert vault.shelf_key(_shelf(group.id)) != before


def test_a_removed_group_leaves_no_file(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        group = vault.add_group("Drafting", [])
        _write(vault, group.id, "p1")
        database = vault.papers[_shelf(group.id)]
        vault.remove_group(group.id)
        assert vault.groups() == []
        assert _shelf(group.id) not in vault.papers
        with pytest.raises(EnvironmentFault), database.unit_of_work(vault.actor):
            pass
        with pytest.raises(InputError) as caught:
            vault.remove_group(group.id)
        assert caught.value.code == "group.unknown"
    assert _group_files(vault_path) == set()


def test_what_a_crash_left_of_a_group_is_swept_by_the_secretariat(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = _people(vault)
        group = vault.add_group("Drafting", [lan.id])
        (kept,) = vault_path.glob("papers-*.db")
    left = vault_path / f"papers-{new_id()}.db"
    opening.create_file(left, "papers", bytes(32))
    with open_vault(vault_path, name="lan", passphrase=_LAN):
        assert left.exists()
    with open_vault(vault_path) as vault:
        assert not left.exists()
        assert kept.exists()
        assert vault.groups() == [group]


def test_groups_that_come_and_go_are_published_and_audited(vault_path: Path) -> None:
    seen: list[Event] = []
    bus = EventBus()
    with open_vault(vault_path, publisher=bus) as vault:
        lan, _ = _people(vault)
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
        lan = vault.add_member("lan", role, _LAN)
        group = vault.add_group("Drafting", [lan.id])
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        attempts: tuple[Callable[[], object], ...] = (
            lambda: vault.add_group("Other", []),
            lambda: vault.change_group(group.id, "Other", [], no_papers),
            lambda: vault.remove_group(group.id),
        )
        for attempt in attempts:
            with pytest.raises(RefusedError) as caught:
                attempt()
            assert caught.value.code == "role.not_allowed"


def _tampered(vault_path: Path, change: Callable[[Vault], object]) -> str:
    with open_vault(vault_path) as vault:
        change(vault)
    with pytest.raises(CongressError) as caught:
        open_vault(vault_path)
    return f"{caught.value.code} {caught.value.params.get('file')}"


def _execute(vault: Vault, statement: object) -> None:
    with vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.execute(statement)  # type: ignore[call-overload]
        uow.commit()


@pytest.mark.parametrize(
    "statement",
    [
        update(paper_group).values(name=b"another name under another key"),
        update(paper_group).values(file="a" * 26),
        update(paper_group).values(file="../../etc/passwd"),
        update(paper_group).values(proof=bytes(32)),
        delete(group_seal),
        update(group_seal).values(sealed=bytes(92)),
    ],
    ids=["name", "file", "path", "proof", "no seals", "seals"],
)
def test_a_group_the_secretariat_did_not_vouch_for_is_refused(
    vault_path: Path, statement: object
) -> None:
    """Every member can write to the congress database with its key."""
    with open_vault(vault_path) as vault:
        lan, _ = _people(vault)
        vault.add_group("Drafting", [lan.id])
    said = _tampered(vault_path, lambda vault: _execute(vault, statement))
    assert said == "vault.damaged congress.db"


def test_a_bent_seal_is_said_to_its_member(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = _people(vault)
        vault.add_group("Drafting", [lan.id])
        bent = update(group_seal).where(group_seal.c.member_id == lan.id)
        _execute(vault, bent.values(sealed=bytes(92)))
    with pytest.raises(InputError) as caught:
        open_vault(vault_path, name="lan", passphrase=_LAN)
    assert (caught.value.code, caught.value.params) == ("vault.damaged", {"file": "congress.db"})


def test_nothing_is_sealed_to_a_public_key_put_in_a_members_place(vault_path: Path) -> None:
    """The header lies open: an intruder could put their own key there and wait for a group."""
    with open_vault(vault_path) as vault:
        _people(vault)
    sealed = header.read(vault_path)
    slots = tuple(
        each if index == 0 else replace(each, public=bytes(range(32)))
        for index, each in enumerate(sealed.slots)
    )
    header.write(vault_path, replace(sealed, slots=slots))
    for name, passphrase in (("secretariat", PASSPHRASE), ("lan", _LAN)):
        with pytest.raises(InputError) as caught:
            open_vault(vault_path, name=name, passphrase=passphrase)
        assert caught.value.code == "vault.damaged"
        assert caught.value.params == {"file": "vault.json"}


@pytest.mark.parametrize(
    "statement",
    [
        delete(member_key),
        update(member_key).values(proof=bytes(32)),
        update(member_key).values(public=bytes(32)),
    ],
    ids=["gone", "proof", "public"],
)
def test_a_public_key_the_secretariat_did_not_vouch_for_is_refused(
    vault_path: Path, statement: object
) -> None:
    said = _tampered(vault_path, lambda vault: _execute(vault, statement))
    assert said == "vault.damaged vault.json"


def test_a_group_file_that_is_gone_or_foreign_is_named(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_group("Drafting", [])
    (file,) = vault_path.glob("papers-*.db")
    data = file.read_bytes()
    for bent in (b"", (vault_path / "public.db").read_bytes(), data[:-4096]):
        file.write_bytes(bent)
        with pytest.raises(InputError) as caught:
            open_vault(vault_path)
        assert (caught.value.code, caught.value.params) == ("vault.damaged", {"file": file.name})
    file.write_bytes(data)
    open_vault(vault_path).close()
