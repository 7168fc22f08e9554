"""Groups, seals and keys that the secretariat did not vouch for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from congress.kernel.errors import CongressError, InputError
from congress.storage import header
from congress.storage.schema import group_seal, member_key, paper_group
from congress.storage.vault import Vault
from tests.helpers.vaults import PASSPHRASE, open_vault
from tests.unit.storage.groups.conftest import LAN, two_delegates


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
        lan, _ = two_delegates(vault)
        vault.add_group("Drafting", [lan.id])
    said = _tampered(vault_path, lambda vault: _execute(vault, statement))
    assert said == "vault.damaged congress.db"


def test_a_bent_seal_is_said_to_its_member(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        lan, _ = two_delegates(vault)
        vault.add_group("Drafting", [lan.id])
        bent = update(group_seal).where(group_seal.c.member_id == lan.id)
        _execute(vault, bent.values(sealed=bytes(92)))
    with pytest.raises(InputError) as caught:
        open_vault(vault_path, name="lan", passphrase=LAN)
    assert (caught.value.code, caught.value.params) == ("vault.damaged", {"file": "congress.db"})


def test_nothing_is_sealed_to_a_public_key_put_in_a_members_place(vault_path: Path) -> None:
    """The header lies open: an intruder could put their own key there and wait for a group."""
    with open_vault(vault_path) as vault:
        two_delegates(vault)
    sealed = header.read(vault_path)
    slots = tuple(
        each if index == 0 else replace(each, public=bytes(range(32)))
        for index, each in enumerate(sealed.slots)
    )
    header.write(vault_path, replace(sealed, slots=slots))
    for name, passphrase in (("secretariat", PASSPHRASE), ("lan", LAN)):
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
