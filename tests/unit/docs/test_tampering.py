"""One bit of a vault is changed: what is read is refused by name, or is what it was."""

import shutil
from pathlib import Path
from random import Random

import pytest

from congress.app import OpenCongress, create_congress, open_congress
from congress.i18n.translator import Translator
from congress.kernel.clock import ManualClock
from congress.kernel.errors import CongressError, InputError
from congress.kernel.roles import Clearance, Role
from congress.kernel.settings import LANGUAGES, Settings
from congress.storage.audit import verify_audit
from tests.helpers.papers import docx, paragraph, pdf
from tests.helpers.vaults import CHEAP, MORNING, PASSPHRASE

_REFUSALS = ("vault.damaged", "vault.wrong_passphrase", "vault.not_a_vault", "vault.newer")
Seen = dict[str, tuple[object, ...]]
_FLIPS = 12
"""Changed bits of each database; the header and the blobs get more."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seen, dict[str, str]]:
    """A closed congress, what is read in it, and which blob is of which paper."""
    place = tmp_path_factory.mktemp("whole")
    path = place / "vault"
    owners: dict[str, str] = {}
    with create_congress(
        path, Settings("C"), PASSPHRASE, clock=ManualClock(MORNING), kdf=CHEAP
    ) as congress:
        lan = congress.vault.add_member("lan", Role.DELEGATE, "three red umbrellas")
        group = congress.groups.add("Drafting", [lan.id])
        files = {
            "open": (pdf(*[f"page {number}" for number in range(9)]), Clearance.PUBLIC, None),
            "inner": (docx(*map(paragraph, ["quiet"] * 400)), Clearance.SECRET, None),
            "group": (pdf("for the group"), Clearance.RESTRICTED, group.id),
        }
        for title, (data, clearance, owner) in files.items():
            before = set(congress.vault.blobs.all())
            (place / "file").write_bytes(data)
            congress.library.import_file(
                place / "file", title=title, clearance=clearance, group=owner
            )
            (blob,) = set(congress.vault.blobs.all()) - before
            owners[blob] = title
    with open_congress(path, PASSPHRASE, clock=ManualClock(MORNING)) as congress:
        seen = _read(congress)
    return path, seen, owners


def _read(congress: OpenCongress) -> Seen:
    """Read everything that the papers, the groups and the audits say."""
    library, vault = congress.library, congress.vault
    papers = {
        paper.title: (
            paper,
            tuple(library.pages(paper.id)),
            library.reading_html(paper.id),
            library.cover(paper.id),
            tuple(library.versions(paper.id)),
        )
        for paper in library.papers()
    }
    hits = [hit.title for word in ("page", "quiet", "group") for hit in library.search(word)]
    databases = (vault.congress, vault.own, *vault.papers.values())
    return papers | {
        "hits": tuple(hits),
        "groups": tuple((group.name, group.members) for group in congress.groups.all()),
        "members": tuple(member.name for member in vault.members()),
        "settings": (vault.settings,),
        "audits": tuple(verify_audit(database) for database in databases),
    }


def _files(congress: OpenCongress) -> dict[str, bytes]:
    found = {}
    for paper in congress.library.papers():
        with congress.library.open(paper.id) as reader:
            found[paper.title] = reader.read()
    return found


def _bent(source: Path, target: Path, name: str, position: int, bit: int) -> Path:
    shutil.copytree(source, target)
    with (target / name).open("r+b") as file:
        file.seek(position)
        (byte,) = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ 1 << bit]))
    return target


def _refusal(vault: Path, expected: Seen) -> CongressError | None:
    """Return why a vault is not read; if it is, it reads as expected."""
    try:
        with open_congress(vault, PASSPHRASE, clock=ManualClock(MORNING)) as congress:
            assert _read(congress) == expected, vault
    except CongressError as error:
        return error
    return None


def _positions(path: Path, count: int) -> list[tuple[int, int]]:
    size, random = path.stat().st_size, Random(path.stat().st_size)
    edges = [0, 15, 16, 4095, size - 1] if size > 4096 else [0, size - 1]
    inner = [random.randrange(size) for _ in range(max(0, count - len(edges)))]
    return [(position, random.randrange(8)) for position in [*edges, *inner][:count]]


def test_a_bent_database_is_named_or_nothing_else_is_read(
    whole: tuple[Path, Seen, dict[str, str]], tmp_path: Path
) -> None:
    path, expected, _ = whole
    refused = 0
    for file in sorted(path.glob("*.db")):
        for number, (position, bit) in enumerate(_positions(file, _FLIPS)):
            vault = _bent(path, tmp_path / f"{file.stem}{number}", file.name, position, bit)
            if (error := _refusal(vault, expected)) is not None:
                refused += 1
                assert (error.code, error.params["file"]) == ("vault.damaged", file.name)
            shutil.rmtree(vault)
    # SQLite's own free pages are never read; most others are.
    assert refused > 5 * len(list(path.glob("*.db")))


def test_a_bent_header_lets_nobody_in_or_changes_nothing(
    whole: tuple[Path, Seen, dict[str, str]], tmp_path: Path
) -> None:
    path, expected, _ = whole
    refused = 0
    for number, (position, bit) in enumerate(_positions(path / "vault.json", 50)):
        vault = _bent(path, tmp_path / str(number), "vault.json", position, bit)
        if (error := _refusal(vault, expected)) is not None:
            refused += 1
            assert error.code in _REFUSALS
        shutil.rmtree(vault)
    assert refused > 25


@pytest.mark.parametrize("title", ["open", "inner", "group"])
def test_a_bent_blob_is_refused_by_the_name_of_its_paper_and_the_others_are_read(
    whole: tuple[Path, Seen, dict[str, str]], tmp_path: Path, title: str
) -> None:
    path, expected, owners = whole
    (blob,) = (name for name, owner in owners.items() if owner == title)
    with open_congress(
        shutil.copytree(path, tmp_path / "sound"), PASSPHRASE, clock=ManualClock(MORNING)
    ) as sound:
        files = _files(sound)
    for number, (position, bit) in enumerate(_positions(path / "blobs" / blob, 12)):
        vault = _bent(path, tmp_path / str(number), f"blobs/{blob}", position, bit)
        with open_congress(vault, PASSPHRASE, clock=ManualClock(MORNING)) as congress:
            assert _read(congress) == expected
            for paper in congress.library.papers():
                if paper.title != title:
                    with congress.library.open(paper.id) as reader:
                        assert reader.read() == files[paper.title]
                    continue
                with pytest.raises(InputError) as caught:
                    congress.library.open(paper.id).read()
                assert caught.value.code == "docs.blob_damaged"
                assert caught.value.params == {"title": title}
        shutil.rmtree(vault)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_meets_damage_is_told_of_the_backup(lang: str) -> None:
    word = {"en": "backup", "vi": "bản sao lưu", "ur": "بیک اپ"}[lang]
    translator = Translator(lang)
    for error in (
        InputError("docs.blob_damaged", title="A paper"),
        InputError("vault.damaged", file="secret.db"),
        InputError("blob.missing", file="x"),
    ):
        assert word in translator.error(error).do
    assert "A paper" in translator.error(InputError("docs.blob_damaged", title="A paper")).what


def test_two_blobs_that_change_places_are_refused(
    whole: tuple[Path, Seen, dict[str, str]], tmp_path: Path
) -> None:
    path, _, owners = whole
    vault = shutil.copytree(path, tmp_path / "vault")
    first, second, *_ = (vault / "blobs" / name for name in owners)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    with open_congress(vault, PASSPHRASE, clock=ManualClock(MORNING)) as congress:
        for paper in congress.library.papers():
            if paper.title in (owners[first.name], owners[second.name]):
                with pytest.raises(InputError) as caught:
                    congress.library.open(paper.id).read()
                assert caught.value.params == {"title": paper.title}
