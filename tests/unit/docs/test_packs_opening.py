import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.packs import opening
from congress.docs.packs.model import (
    Deliverable,
    OpenClearance,
    OpenShelves,
    Recipient,
    RecipientId,
)
from congress.docs.packs.opening import (
    earlier,
    install,
    installed_in,
    misread,
    new_secret,
    passphrase_of,
    sign_in,
)
from congress.kernel.errors import BugError, CongressError, InputError, RefusedError
from congress.kernel.events import EventBus
from congress.kernel.roles import Clearance, Right, Shelf
from congress.storage.audit import latest
from congress.storage.vault import Vault
from tests.helpers.packs import PackHouse, pack_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PackHouse]:
    made = pack_house(tmp_path)
    yield made
    made.vault.close()


def _open(house: PackHouse, folder: Path, typed: str) -> Vault:
    return sign_in(folder, typed, clock=house.clock, publisher=EventBus())[0]


def _library(house: PackHouse, vault: Vault) -> Library:
    return Library(vault.papers, vault.blobs, vault.shelf_key, vault.actor, house.clock)


def _keep_a_note(vault: Vault) -> None:
    with vault.own.unit_of_work(vault.actor) as uow:
        uow.audit("note.kept", "my-own-note")
        uow.commit()


def _has_the_note(vault: Vault) -> bool:
    with vault.own.reading() as connection:
        found = connection.exec_driver_sql("SELECT subject FROM audit").scalars()
        return "my-own-note" in set(found)


def test_a_reader_reads_and_searches_what_was_packed(house: PackHouse) -> None:
    built, secret = house.pack()
    folder = install(built.path, house.folder / "home" / "papers", secret, house.clock)
    vault, inscription = sign_in(folder, secret, clock=house.clock, publisher=EventBus())
    with vault:
        library = _library(house, vault)
        assert {paper.clearance.value for paper in library.papers()} == {"public", "delegates"}
        assert {hit.title for hit in library.search("texts Textdelegateszz")} == {
            "Titledelegateszz"
        }
        paper = house.papers[Clearance.DELEGATES]
        assert library.paper(paper.id).agenda == "2. Item"
        with library.open(paper.id) as mine, house.library.open(paper.id) as theirs:
            assert mine.read() == theirs.read()
        assert inscription.recipient == "Nguyễn Thị Lan"
        assert list(vault.papers) == [Shelf(Clearance.PUBLIC), Shelf(Clearance.DELEGATES)]
        rights = [right for right in Right if vault.actor.may(right)]
        assert rights == [Right.READ_PAPERS]


def test_a_pack_shares_no_key_with_the_congress(house: PackHouse) -> None:
    built, secret = house.pack()
    folder = install(built.path, house.folder / "home" / "papers", secret, house.clock)
    with _open(house, folder, secret) as vault:
        for shelf in vault.papers:
            assert vault.shelf_key(shelf) != house.vault.shelf_key(shelf)
        assert vault.derive("x") != house.vault.derive("x")
        assert not set(vault.blobs.all()) & set(house.vault.blobs.all())


def test_what_cannot_be_delivered_has_no_type(house: PackHouse) -> None:
    assert {each.value for each in OpenClearance} == {"public", "delegates"}
    for each in (Clearance.RESTRICTED, Clearance.SECRET):
        paper = house.papers[each]
        with pytest.raises(RefusedError, match=r"pack\.not_open"):
            Deliverable.of(paper)
        good = Deliverable.of(house.papers[Clearance.PUBLIC])
        with pytest.raises(BugError):
            replace(good, clearance=each)  # type: ignore[arg-type]
    shelves = OpenShelves.of(house.vault.papers, house.vault.shelf_key, house.vault.blobs)
    assert {database.name for database in shelves.files.values()} == {"public", "delegates"}
    with pytest.raises(BugError):
        replace(shelves, files={Clearance.SECRET: house.vault.congress})  # type: ignore[dict-item]


def test_a_paper_that_became_secret_meanwhile_fails_the_pack(house: PackHouse) -> None:
    papers = house.builder.deliverable()
    house.library.change_clearance(house.papers[Clearance.PUBLIC].id, Clearance.SECRET)
    with pytest.raises(InputError, match=r"docs\.unknown_paper"):
        house.pack(papers=papers)
    assert not list(house.folder.glob("*.congresspack"))


def test_a_code_is_understood_as_people_type_it() -> None:
    secret = new_secret()
    assert len(secret) == 24
    assert passphrase_of(secret.lower().replace("-", " ").replace("0", "o")) == secret
    assert passphrase_of("four quiet paper boats") == "four quiet paper boats"
    wrong = ("1" if secret[0] != "1" else "2") + secret[1:]
    assert misread(wrong)
    assert not misread(secret)
    assert not misread("four quiet paper boats")


@pytest.mark.parametrize("spoiled", [True, False])
def test_a_wrong_code_opens_nothing_and_leaves_nothing(house: PackHouse, spoiled: bool) -> None:
    built, secret = house.pack()
    other = ("1" if secret[0] != "1" else "2") + secret[1:] if spoiled else new_secret()
    target = house.folder / "home" / "papers"
    with pytest.raises(InputError) as refused:
        install(built.path, target, other, house.clock)
    assert refused.value.code == ("pack.misread_code" if spoiled else "pack.wrong_code")
    assert list(target.parent.iterdir()) == []
    folder = install(built.path, target, secret, house.clock)
    with pytest.raises(InputError, match=refused.value.code):
        _open(house, folder, other)


def test_a_cover_that_tells_something_else_is_noticed(house: PackHouse) -> None:
    built, secret = house.pack()
    later, _ = house.pack("later", days=300)
    folder = install(built.path, house.folder / "home" / "a", secret, house.clock)
    length = later.path.stat().st_size - sum(part.size for part in later.manifest.parts)
    (folder / "pack.json").write_bytes(later.path.read_bytes()[:length])
    with pytest.raises(InputError, match=r"pack\.forged"):
        _open(house, folder, secret)
    (folder / "pack.json").unlink()
    with pytest.raises(InputError, match=r"vault\.not_a_vault"):
        _open(house, folder, secret)


def test_after_its_time_the_keys_of_the_papers_are_destroyed(house: PackHouse) -> None:
    built, secret = house.pack(days=3)
    folder = install(built.path, house.folder / "home" / "papers", secret, house.clock)
    with _open(house, folder, secret) as vault:
        _keep_a_note(vault)
    kept = house.folder / "copy"
    shutil.copytree(folder, kept)
    house.clock.advance(timedelta(days=3))
    with pytest.raises(RefusedError, match=r"pack\.expired"):
        install(built.path, house.folder / "home" / "again", secret, house.clock)
    with pytest.raises(RefusedError, match=r"pack\.expired"):
        _open(house, folder, secret)
    left = {path.name.partition("-")[0] for path in folder.rglob("*") if path.is_file()}
    assert left == {"vault.json", "pack.json", "own", "lock"}
    for name in ("congress.db", "public.db", "delegates.db"):
        shutil.copy(kept / name, folder / name)
    with pytest.raises(CongressError, match=r"vault\.damaged"):
        _open(house, folder, secret)


def test_a_clock_that_was_set_back_does_not_help(house: PackHouse) -> None:
    built, secret = house.pack(days=3)
    folder = install(built.path, house.folder / "home" / "papers", secret, house.clock)
    house.clock.advance(timedelta(days=2))
    _open(house, folder, secret).close()
    house.clock.advance(timedelta(days=-1))
    with pytest.raises(RefusedError, match=r"pack\.clock_behind"):
        _open(house, folder, secret)
    house.clock.advance(timedelta(days=1) - opening.LENIENCE / 2)
    _open(house, folder, secret).close()
    house.clock.advance(timedelta(days=-30))
    with pytest.raises(RefusedError, match=r"pack\.clock_behind"):
        install(built.path, house.folder / "home" / "again", secret, house.clock)


def test_a_newer_pack_brings_papers_and_keeps_notes_and_passphrase(house: PackHouse) -> None:
    first, secret = house.pack()
    folder = install(first.path, house.folder / "home" / "papers", secret, house.clock)
    with _open(house, folder, secret) as vault:
        _keep_a_note(vault)
        vault.change_passphrase(secret, "my own two umbrellas")
    house.clock.advance(timedelta(hours=5))
    house.add("Later", "another text", Clearance.DELEGATES)
    second, fresh = house.pack("lan2")
    found = earlier(second.manifest, folder.parent)
    assert found is not None
    assert found.path == folder
    after = install(
        second.path,
        house.folder / "unused",
        fresh,
        house.clock,
        replacing=found.path,
        passphrase="my own two umbrellas",
    )
    assert after == folder
    with _open(house, folder, "my own two umbrellas") as vault:
        assert _has_the_note(vault)
        assert {paper.title for paper in _library(house, vault).papers()} >= {"Later"}
    with pytest.raises(InputError, match=r"pack\.wrong_code"):
        _open(house, folder, fresh)
    with pytest.raises(InputError, match=r"pack\.older"):
        install(
            first.path,
            house.folder / "unused",
            secret,
            house.clock,
            replacing=folder,
            passphrase="my own two umbrellas",
        )
    assert [each.path for each in installed_in(folder.parent)] == [folder]


def test_notes_outlive_an_expired_pack(house: PackHouse) -> None:
    first, secret = house.pack(days=1)
    folder = install(first.path, house.folder / "home" / "papers", secret, house.clock)
    with _open(house, folder, secret) as vault:
        _keep_a_note(vault)
    house.clock.advance(timedelta(days=2))
    with pytest.raises(RefusedError, match=r"pack\.expired"):
        _open(house, folder, secret)
    second, fresh = house.pack("lan2")
    install(second.path, folder, fresh, house.clock, replacing=folder, passphrase=secret.lower())
    with _open(house, folder, secret) as vault:
        assert _has_the_note(vault)
        assert latest(vault.own) == house.clock.now()


def test_a_wrong_earlier_passphrase_changes_nothing(house: PackHouse) -> None:
    first, secret = house.pack()
    folder = install(first.path, house.folder / "home" / "papers", secret, house.clock)
    second, fresh = house.pack("lan2")
    for replaced, code in ((folder, "pack.wrong_earlier"), (house.vault.path, "pack.other_cong")):
        with pytest.raises(InputError, match=code):
            install(
                second.path, folder, fresh, house.clock, replacing=replaced, passphrase="no idea"
            )
    with _open(house, folder, secret) as vault:
        assert len(_library(house, vault).papers()) == 2
    assert [path.name for path in folder.parent.iterdir()] == ["papers"]


def test_a_pack_in_use_is_not_replaced(house: PackHouse) -> None:
    first, secret = house.pack()
    folder = install(first.path, house.folder / "home" / "papers", secret, house.clock)
    second, fresh = house.pack("lan2")
    with (
        _open(house, folder, secret),
        pytest.raises(CongressError, match=r"vault\.locked"),
    ):
        install(second.path, folder, fresh, house.clock, replacing=folder, passphrase=secret)


def test_another_recipient_gets_a_folder_of_their_own(house: PackHouse) -> None:
    first, secret = house.pack()
    folder = install(first.path, house.folder / "home" / "papers", secret, house.clock)
    other = Recipient(RecipientId("minh".ljust(26, "a")), "Minh")
    second, fresh = house.pack("minh", recipient=other)
    assert earlier(second.manifest, folder.parent) is None
    with pytest.raises(InputError, match=r"vault\.exists"):
        install(second.path, folder, fresh, house.clock)
