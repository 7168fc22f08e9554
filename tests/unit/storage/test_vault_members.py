"""Members, passphrases and settings of a vault."""

import errno
import os
from pathlib import Path

import pytest

from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import CLEARANCES_OF, Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage import header, migrate
from congress.storage.audit import entries, verify_audit
from congress.storage.engine import sqlcipher_engine
from congress.storage.model import MembersChanged, SettingsChanged
from tests.helpers.vaults import PASSPHRASE, no_papers, open_vault
from tests.unit.storage.conftest import refusal

_SETTINGS = Settings("Congress of the boats")
_LAN = "three red umbrellas"


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
    assert refusal(vault_path, name="lan", passphrase=_LAN) == ("vault.wrong_passphrase", None)


def test_a_slot_that_a_crash_left_lets_nobody_in(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan = vault.add_member("lan", Role.SECRETARIAT, _LAN)
        left = (vault_path / "vault.json").read_bytes()
        vault.remove_member(lan.id, no_papers)
    (vault_path / "vault.json").write_bytes(left)
    assert refusal(vault_path, name="lan", passphrase=_LAN) == ("vault.wrong_passphrase", None)
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
    assert refusal(vault_path) == ("vault.wrong_passphrase", None)
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
