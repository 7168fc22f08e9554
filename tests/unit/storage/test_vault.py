"""A vault is opened, or says why it is not."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from congress.kernel.roles import Role
from congress.storage.schema import setting
from tests.helpers.vaults import open_vault
from tests.unit.storage.conftest import refusal

_LAN = "three red umbrellas"


@pytest.mark.parametrize(
    "wrong", [{"passphrase": "four quiet paper boat"}, {"name": "organiser"}, {"passphrase": ""}]
)
def test_a_wrong_passphrase_opens_nothing_and_frees_the_lock(
    vault_path: Path, wrong: dict[str, str]
) -> None:
    assert refusal(vault_path, **wrong) == ("vault.wrong_passphrase", None)
    open_vault(vault_path).close()


def test_what_is_no_vault_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent") == ("vault.not_found", "absent")
    assert refusal(tmp_path) == ("vault.not_a_vault", tmp_path.name)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_open_once(vault_path: Path) -> None:
    with open_vault(vault_path):
        assert refusal(vault_path) == ("vault.locked", "vault")
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

    assert refusal(vault_path) == ("vault.damaged", name)

    assert {p.name: p.read_bytes() for p in vault_path.glob("*.db") if p.name != name} == others
    file.write_bytes(data)
    open_vault(vault_path).close()


def test_a_damaged_header_is_named(vault_path: Path) -> None:
    (vault_path / "vault.json").write_bytes((vault_path / "vault.json").read_bytes()[:50])
    assert refusal(vault_path) == ("vault.damaged", "vault.json")


def test_a_newer_database_is_refused_and_left_alone(vault_path: Path) -> None:
    with open_vault(vault_path) as vault, vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_future'")
        uow.commit()
    before = (vault_path / "congress.db").read_bytes()
    assert refusal(vault_path) == ("vault.newer", "congress.db")
    assert (vault_path / "congress.db").read_bytes() == before


def test_a_database_without_a_schema_is_damaged(vault_path: Path) -> None:
    with open_vault(vault_path) as vault, vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.exec_driver_sql("DROP TABLE alembic_version")
        uow.commit()
    assert refusal(vault_path) == ("vault.damaged", "congress.db")


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
