"""A vault with two delegates, and what is written for a group of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage.audit import entries
from congress.storage.model import Member
from congress.storage.vault import Vault
from tests.helpers.vaults import open_vault

LAN, HOA = "three red umbrellas", "seven tall candles"


def shelf_of(group_id: GroupId) -> Shelf:
    return Shelf(Clearance.RESTRICTED, group_id)


def two_delegates(vault: Vault) -> tuple[Member, Member]:
    return vault.add_member("lan", Role.DELEGATE, LAN), vault.add_member("hoa", Role.DELEGATE, HOA)


def write_into(vault: Vault, group_id: GroupId, words: str) -> None:
    with vault.papers[shelf_of(group_id)].unit_of_work(vault.actor) as uow:
        uow.audit("test.written", words)
        uow.commit()


def subjects_in(vault: Vault, group_id: GroupId) -> list[str]:
    with vault.papers[shelf_of(group_id)].reading() as connection:
        return [each.subject for each in entries(connection)]


def group_files(path: Path) -> set[str]:
    return {each.name for each in path.glob("papers-*")}


@pytest.fixture
def vault(vault_path: Path) -> Iterator[Vault]:
    with open_vault(vault_path) as opened:
        yield opened
