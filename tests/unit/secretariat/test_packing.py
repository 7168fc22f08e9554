from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from congress.app import OpenCongress, open_pack
from congress.docs.packs.container import read_manifest
from congress.docs.packs.opening import install, last_day
from congress.floor.model import Item, ItemId, ItemKind
from congress.kernel.errors import Cancelled, CongressError, InputError, RefusedError
from congress.kernel.ids import PaperId, new_id
from congress.kernel.progress import CancelFlag
from congress.kernel.roles import Clearance
from congress.secretariat.packing import Packs
from tests.helpers.handouts import cheap_handout, open_house
from tests.helpers.vaults import MORNING
from tests.unit.secretariat.pdftext import text_of

UNTIL = date(2026, 4, 15)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCongress]:
    with open_house(tmp_path_factory.mktemp("packing")) as congress:
        yield congress


@pytest.fixture
def packs(house: OpenCongress) -> Packs:
    return cheap_handout(house).packs


def _ids(packs: Packs) -> list[PaperId]:
    return [paper.paper_id for paper in packs.papers()]


def test_only_open_papers_are_offered_in_the_order_of_the_agenda(packs: Packs) -> None:
    assert [(paper.agenda, paper.number) for paper in packs.papers()] == [
        ("1. Open", "1"), ("1. Open", "12"), ("3. Statutes", "2"), ("4. Finances", "4"),
    ]  # fmt: skip


def test_papers_follow_the_programme_where_there_is_one(house: OpenCongress, packs: Packs) -> None:
    start = datetime(2026, 3, 14, 9, tzinfo=UTC)
    hour = timedelta(hours=1)
    items = [
        house.programme.put(
            Item(ItemId(new_id()), start + at * hour, start + (at + 1) * hour, title)
        )
        for at, title in enumerate(("4. finances", "Lunch", "1. Open"))
    ]
    wanted = ["4. Finances", "1. Open", "1. Open", "3. Statutes"]
    try:
        assert [paper.agenda for paper in packs.papers()] == wanted
        log = house.handout.access.report()
        assert list(dict.fromkeys(paper.agenda for paper in log.papers))[:2] == [
            "4. Finances",
            "1. Open",
        ]
        book = [paper.agenda for paper in house.handout.portfolio.papers()]
        assert book == sorted(book, key=lambda item: wanted.index(item) if item else 9)
    finally:
        for item in items:
            house.programme.remove(item.id)


def test_packs_are_made_registered_and_open_with_their_own_code(
    house: OpenCongress, packs: Packs, tmp_path: Path
) -> None:
    before = len(house.handout.copies.copies())
    people = [packs.recipient("d-014"), packs.recipient("D-016"), packs.delegation("  Huế ")]
    slips = packs.make(tmp_path / "out", people, _ids(packs), UNTIL)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        slip.file for slip in slips
    )
    assert len({slip.secret for slip in slips}) == 3
    copies = house.handout.copies.copies()
    assert len(copies) - before == 3
    assert {copy.recipient for copy in copies[:3]} == {"Nguyễn Thị Lan", "عائشہ صدیقی", "Huế"}
    assert all(len(copy.papers) == 4 for copy in copies[:3])
    for slip in slips:
        file = tmp_path / "out" / slip.file
        manifest = read_manifest(file)
        assert (manifest.code, manifest.fingerprint) == (slip.code, slip.fingerprint)
        assert last_day(manifest.expires_at) == UNTIL
        folder = install(file, tmp_path / slip.code, slip.secret, house.clock)
        with open_pack(folder, slip.secret, clock=house.clock) as pack:
            assert pack.actor.name == slip.recipient.name
            assert len(pack.library.papers()) == 4
    other = slips[0].secret
    with pytest.raises(InputError, match=r"pack\.wrong_code"):
        install(tmp_path / "out" / slips[1].file, tmp_path / "x", other, house.clock)


def test_a_recipient_stays_the_same_and_nobody_else(packs: Packs) -> None:
    lan = packs.recipient("D-014")
    assert packs.recipient("D-014") == lan
    assert lan.id != packs.recipient("D-015").id
    assert packs.delegation("Lan").id != packs.delegation("Minh").id
    assert "D-014" not in lan.id


def test_the_programme_goes_along(house: OpenCongress, packs: Packs, tmp_path: Path) -> None:
    item = Item(
        ItemId(new_id()),
        datetime(2026, 3, 14, 9, tzinfo=UTC),
        datetime(2026, 3, 14, 10, tzinfo=UTC),
        "Opening of the congress",
        "Morning",
        next(iter(ItemKind)),
        (),
        "",
    )
    house.programme.put(item)
    (slip,) = packs.make(tmp_path / "out", [packs.recipient("D-014")], _ids(packs), UNTIL)
    folder = install(tmp_path / "out" / slip.file, tmp_path / "home", slip.secret, house.clock)
    with open_pack(folder, slip.secret, clock=house.clock) as pack:
        assert [each.title for each in pack.programme.items()] == ["Opening of the congress"]


def test_a_closed_paper_is_refused_whoever_asks(
    house: OpenCongress, packs: Packs, tmp_path: Path
) -> None:
    closed = [
        paper.id
        for paper in house.library.papers()
        if paper.clearance in (Clearance.RESTRICTED, Clearance.SECRET)
    ]
    for paper in closed:
        with pytest.raises(RefusedError, match=r"pack\.not_open"):
            packs.make(tmp_path / "out", [packs.recipient("D-014")], [*_ids(packs), paper], UNTIL)
    assert not (tmp_path / "out").exists()


def test_all_packs_are_made_or_none(house: OpenCongress, packs: Packs, tmp_path: Path) -> None:
    class Stopping(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            if done == 2:
                self.raise_flag()
                self.check()

    before = house.handout.copies.copies()
    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        packs.make(out, packs.recipients(), _ids(packs), UNTIL, Stopping())
    assert list(out.iterdir()) == []
    assert house.handout.copies.copies() == before


def test_what_cannot_be_made_is_said(packs: Packs, tmp_path: Path) -> None:
    lan, papers = packs.recipient("D-014"), _ids(packs)
    yesterday = (MORNING - timedelta(days=1)).date()
    for code, arguments in (
        ("pack.no_recipient", ([], papers, UNTIL)),
        ("pack.no_papers", ([lan], [], UNTIL)),
        ("pack.past", ([lan], papers, yesterday)),
    ):
        with pytest.raises(CongressError, match=code):
            packs.make(tmp_path / "out", *arguments)
    with pytest.raises(InputError, match=r"pack\.no_recipient"):
        packs.delegation("  ")
    with pytest.raises(InputError, match=r"pack\.unknown_badge"):
        packs.recipient("X-1")


def test_one_recipient_twice_gets_one_pack(packs: Packs, tmp_path: Path) -> None:
    lan = packs.recipient("D-014")
    assert len(packs.make(tmp_path / "out", [lan, lan], _ids(packs), UNTIL)) == 1


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_a_slip_carries_what_belongs_on_it(packs: Packs, tmp_path: Path, lang: str) -> None:
    slips = packs.make(tmp_path / "out", [packs.recipient("D-014")], _ids(packs), UNTIL)
    text = text_of(packs.slips(lang, slips))
    for words in (slips[0].secret, "Nguyễn Thị Lan", slips[0].file.split()[0]):
        assert words in text
