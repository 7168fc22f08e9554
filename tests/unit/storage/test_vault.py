import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from congress.kernel.errors import CongressError, EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import MemberId, is_id, new_id
from congress.kernel.roles import CLEARANCES_OF, Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import header, migrate
from congress.storage.audit import entries, verify_audit
from congress.storage.engine import sqlcipher_engine
from congress.storage.model import MembersChanged, SettingsChanged
from congress.storage.schema import setting
from congress.storage.vault import Vault
from tests.helpers.vaults import (
    CHEAP,
    MORNING,
    PASSPHRASE,
    make_vault,
    manual_clock,
    no_papers,
    open_vault,
)

_SETTINGS = Settings("Congress of the boats")
_LAN = "three red umbrellas"


def _create(path: Path, **changes: object) -> Vault:
    given = {
        "settings": _SETTINGS,
        "passphrase": PASSPHRASE,
        "clock": manual_clock(),
        "publisher": EventBus(),
        "kdf": CHEAP,
    } | changes
    return Vault.create(path, **given)  # type: ignore[arg-type]


def _code(
    path: Path, *, name: str = "secretariat", passphrase: str = PASSPHRASE
) -> tuple[str, object]:
    with pytest.raises(CongressError) as caught:
        open_vault(path, name=name, passphrase=passphrase)
    return caught.value.code, caught.value.params.get("file")


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


@pytest.mark.parametrize(
    "wrong", [{"passphrase": "four quiet paper boat"}, {"name": "organiser"}, {"passphrase": ""}]
)
def test_a_wrong_passphrase_opens_nothing_and_frees_the_lock(
    vault_path: Path, wrong: dict[str, str]
) -> None:
    assert _code(vault_path, **wrong) == ("vault.wrong_passphrase", None)
    open_vault(vault_path).close()


def test_what_is_no_vault_is_said(tmp_path: Path) -> None:
    assert _code(tmp_path / "absent") == ("vault.not_found", "absent")
    assert _code(tmp_path) == ("vault.not_a_vault", tmp_path.name)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_open_once(vault_path: Path) -> None:
    with open_vault(vault_path):
        assert _code(vault_path) == ("vault.locked", "vault")
    open_vault(vault_path).close()


def test_closing_twice_is_harmless(vault_path: Path) -> None:
    vault = open_vault(vault_path)
    vault.close()
    vault.close()


@pytest.mark.parametrize("name", ["congress.db", "public.db", "secret.db"])
@pytest.mark.parametrize("damage", ["gone", "empty", "first", "half", "page", "foreign"])
def test_a_damaged_database_is_named_and_the_rest_left_alone(
    vault_path: Path, name: str, damage: str
) -> None:
    file = vault_path / name
    data = file.read_bytes()
    bent = {
        "empty": b"",
        "first": bytes(100) + data[100:],
        "half": data[: len(data) // 2],
        "page": data[:-4096],
        "foreign": (vault_path / "delegates.db").read_bytes(),
    }
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(bent[damage])
    others = {p.name: p.read_bytes() for p in vault_path.glob("*.db") if p.name != name}

    assert _code(vault_path) == ("vault.damaged", name)

    assert {p.name: p.read_bytes() for p in vault_path.glob("*.db") if p.name != name} == others
    file.write_bytes(data)
    open_vault(vault_path).close()


def test_a_damaged_header_is_named(vault_path: Path) -> None:
    (vault_path / "vault.json").write_bytes((vault_path / "vault.json").read_bytes()[:50])
    assert _code(vault_path) == ("vault.damaged", "vault.json")


def test_a_newer_database_is_refused_and_left_alone(vault_path: Path) -> None:
    with open_vault(vault_path) as vault, vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_future'")
        uow.commit()
    before = (vault_path / "congress.db").read_bytes()
    assert _code(vault_path) == ("vault.newer", "congress.db")
    assert (vault_path / "congress.db").read_bytes() == before


def test_a_database_without_a_schema_is_damaged(vault_path: Path) -> None:
    with open_vault(vault_path) as vault, vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.exec_driver_sql("DROP TABLE alembic_version")
        uow.commit()
    assert _code(vault_path) == ("vault.damaged", "congress.db")


@pytest.mark.parametrize("role", list(Role))
def test_a_member_opens_what_their_role_holds(vault_path: Path, role: Role) -> None:
    with open_vault(vault_path) as vault:
        added = vault.add_member(" Lan ", role, _LAN)
        everyone = {each.name: each.role for each in vault.members()}
        keys = {each: vault.shelf_key(Shelf(each)) for each in Clearance}
    assert everyone == {"Lan": role, "secretariat": Role.SECRETARIAT}
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        assert (vault.actor.member_id, vault.actor.role, vault.actor.name) == (
            added.id,
            role,
            "Lan",
        )
        assert tuple(vault.papers) == tuple(map(Shelf, CLEARANCES_OF[role]))
        for clearance in Clearance:
            if clearance in CLEARANCES_OF[role]:
                assert vault.shelf_key(Shelf(clearance)) == keys[clearance]
            else:
                with pytest.raises(RefusedError) as caught:
                    vault.shelf_key(Shelf(clearance))
                assert caught.value.code == "clearance.not_held"
    open_vault(vault_path).close()


def test_two_members_may_have_one_passphrase(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", Role.ORGANISER, PASSPHRASE)
    with open_vault(vault_path, name="lan") as vault:
        assert vault.actor.role is Role.ORGANISER
    with open_vault(vault_path) as vault:
        assert vault.actor.role is Role.SECRETARIAT


def test_a_delegate_cannot_open_the_secret_file_with_any_key_they_hold(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", Role.DELEGATE, _LAN)
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        ring = vault._keys
        held = [ring.vault, ring.congress_file()]
        for clearance in ring.clearances:
            held += [ring.clearances[clearance], ring.papers_file(clearance)]
            held.append(ring.papers_key(clearance))
        for key in held:
            engine = sqlcipher_engine(vault_path / "secret.db", key)
            with pytest.raises(InputError) as caught, engine.connect() as connection:
                migrate.current(connection)
            assert caught.value.code == "vault.damaged"
            engine.dispose()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_manages_members_and_settings(vault_path: Path, role: Role) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", role, _LAN)
    with open_vault(vault_path, name="lan", passphrase=_LAN) as vault:
        for attempt in (
            lambda: vault.add_member("hoa", Role.SECRETARIAT, _LAN),
            lambda: vault.remove_member(vault.actor.member_id, no_papers),
            lambda: vault.save_settings(_SETTINGS),
        ):
            with pytest.raises(RefusedError) as caught:
                attempt()
            assert caught.value.code == "role.not_allowed"


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [
        ("Secretariat", _LAN, "member.name_taken"),
        ("", _LAN, "member.bad_name"),
        ("lan", "short", "vault.short_passphrase"),
    ],
)
def test_a_member_who_cannot_be_added_leaves_no_trace(
    vault_path: Path, name: str, passphrase: str, code: str
) -> None:
    before = (vault_path / "vault.json").read_bytes()
    with open_vault(vault_path) as vault:
        with pytest.raises(InputError) as caught:
            vault.add_member(name, Role.DELEGATE, passphrase)
        assert caught.value.code == code
        assert len(vault.members()) == 1
    assert (vault_path / "vault.json").read_bytes() == before


def test_a_removed_member_signs_in_no_more(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", Role.SECRETARIAT, _LAN)
        vault.remove_member(lan.id, no_papers)
        assert [each.name for each in vault.members()] == ["secretariat"]
        with pytest.raises(InputError) as caught:
            vault.remove_member(lan.id, no_papers)
        assert caught.value.code == "member.unknown"
    assert len(header.read(vault_path).slots) == 1
    assert _code(vault_path, name="lan", passphrase=_LAN) == ("vault.wrong_passphrase", None)


def test_a_slot_that_a_crash_left_lets_nobody_in(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", Role.SECRETARIAT, _LAN)
        left = (vault_path / "vault.json").read_bytes()
        vault.remove_member(lan.id, no_papers)
    (vault_path / "vault.json").write_bytes(left)
    assert _code(vault_path, name="lan", passphrase=_LAN) == ("vault.wrong_passphrase", None)
    open_vault(vault_path).close()


def test_the_last_of_the_secretariat_stays(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("lan", Role.ORGANISER, _LAN)
        with pytest.raises(RefusedError) as caught:
            vault.remove_member(vault.actor.member_id, no_papers)
        assert caught.value.code == "member.last_secretariat"
        vault.add_member("hoa", Role.SECRETARIAT, _LAN)
        vault.remove_member(vault.actor.member_id, no_papers)
    with open_vault(vault_path, name="hoa", passphrase=_LAN) as vault:
        assert [each.name for each in vault.members()] == ["hoa", "lan"]


def test_a_new_passphrase_replaces_the_old_one_and_touches_no_database(vault_path: Path) -> None:
    before = header.read(vault_path)
    with open_vault(vault_path) as vault:
        vault.change_passphrase(PASSPHRASE, _LAN)
        assert verify_audit(vault.congress) is None
        with vault.congress.reading() as connection:
            assert list(entries(connection))[-1].action == "member.passphrase_changed"
    after = header.read(vault_path)
    assert after.slots[0].keys == before.slots[0].keys
    assert after.salt == before.salt
    assert _code(vault_path) == ("vault.wrong_passphrase", None)
    open_vault(vault_path, passphrase=_LAN).close()


def test_a_passphrase_is_not_changed_without_the_old_one(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        for old, new, code in (
            (_LAN, _LAN, "vault.wrong_passphrase"),
            (PASSPHRASE, "short", "vault.short_passphrase"),
        ):
            with pytest.raises(InputError) as caught:
                vault.change_passphrase(old, new)
            assert caught.value.code == code
    open_vault(vault_path).close()


def test_a_disk_that_fails_in_the_middle_keeps_the_old_passphrase(
    vault_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def once(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            raise OSError(errno.ENOSPC, "no space left")
        real(descriptor)

    with open_vault(vault_path) as vault:
        monkeypatch.setattr(os, "fsync", once)
        with pytest.raises(EnvironmentFault) as caught:
            vault.change_passphrase(PASSPHRASE, _LAN)
        assert caught.value.code == "disk.full"
        with vault.congress.reading() as connection:
            assert len(list(entries(connection))) == 1
    open_vault(vault_path).close()


def test_a_commit_that_fails_puts_the_old_passphrase_back(
    vault_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise EnvironmentFault("disk.full", file="congress.db")

    with open_vault(vault_path) as vault:
        monkeypatch.setattr("congress.storage.unit_of_work.UnitOfWork.commit", fail)
        with pytest.raises(EnvironmentFault):
            vault.change_passphrase(PASSPHRASE, _LAN)
    open_vault(vault_path).close()


def test_settings_are_kept_and_audited_without_their_values(vault_path: Path) -> None:
    seen: list[Event] = []
    bus = EventBus()
    with open_vault(vault_path, publisher=bus) as vault:
        bus.subscribe(lambda event: seen.append(event))
        bus.subscribe(lambda _: read.append(vault.settings.place))
        read: list[str] = []
        vault.save_settings(Settings("Congress of the boats", place="Huế", language="vi"))
        with vault.congress.reading() as connection:
            last = list(entries(connection))[-1]
        assert last.detail == {"fields": ["language", "place"]}
    assert (seen, read) == ([SettingsChanged()], ["Huế"])
    with open_vault(vault_path) as vault:
        assert vault.settings.place == "Huế"


def test_members_who_come_and_go_are_published(vault_path: Path) -> None:
    seen: list[Event] = []
    bus = EventBus()
    bus.subscribe(seen.append)
    with open_vault(vault_path, publisher=bus) as vault:
        vault.remove_member(vault.add_member("lan", Role.DELEGATE, _LAN).id, no_papers)
    assert seen == [MembersChanged(), MembersChanged()]


def test_settings_that_no_congress_can_have_are_refused(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        with pytest.raises(InputError):
            vault.save_settings(Settings(""))
        assert vault.settings == _SETTINGS


def test_a_member_who_is_not_there_cannot_be_removed(vault_path: Path) -> None:
    with open_vault(vault_path) as vault, pytest.raises(InputError) as caught:
        vault.remove_member(MemberId(new_id()), no_papers)
    assert caught.value.code == "member.unknown"


def test_the_header_tells_nobody_who_the_members_are(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        vault.add_member("Nguyễn Thị Lan", Role.DELEGATE, _LAN)
    text = (vault_path / "vault.json").read_text(encoding="utf-8")
    value = json.loads(text)
    assert set(value) == {"format", "version", "vault", "salt", "kdf", "slots"}
    assert {key for slot in value["slots"] for key in slot} == {"id", "public", "private", "keys"}
    assert "Lan" not in text
    assert "delegate" not in text


def test_a_copy_of_the_folder_is_a_vault_of_its_own(vault_path: Path, tmp_path: Path) -> None:
    shutil.copytree(vault_path, tmp_path / "copy")
    with (
        open_vault(vault_path),
        open_vault(tmp_path / "copy") as copy,
        copy.congress.unit_of_work(copy.actor) as uow,
    ):
        uow.connection.execute(insert(setting).values(id=2, value={}))
        uow.commit()
    with open_vault(vault_path) as vault, vault.congress.reading() as connection:
        assert connection.execute(select(func.count()).select_from(setting)).scalar_one() == 1


def test_a_second_person_is_recognised_by_name_and_passphrase(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("Lan", Role.COMMITTEE, _LAN)
        second = vault.recognise("lan", _LAN)
        assert (second.member_id, second.role, second.name) == (lan.id, Role.COMMITTEE, "Lan")
        assert vault.recognise("secretariat", PASSPHRASE) == vault.actor
        left = (vault_path / "vault.json").read_bytes()
        vault.remove_member(lan.id, no_papers)
        for name, passphrase in (("lan", _LAN), ("secretariat", _LAN), ("", "")):
            with pytest.raises(InputError) as caught:
                vault.recognise(name, passphrase)
            assert caught.value.code == "vault.wrong_passphrase"
        vault._header = header.read(_put_back(vault_path, left))
        with pytest.raises(InputError):
            vault.recognise("lan", _LAN)


def _put_back(path: Path, data: bytes) -> Path:
    (path / "vault.json").write_bytes(data)
    return path
