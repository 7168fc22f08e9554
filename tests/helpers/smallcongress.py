"""A small congress held through the real services: two sessions, a motion, an election."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from congress.floor.model import Item, ItemId, ItemKind
from congress.floor.programme import Programme
from congress.kernel.approval import Approval
from congress.kernel.clock import ManualClock
from congress.kernel.ids import MemberId, PersonId, PollId, new_id
from congress.kernel.people import Person, Standing
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.people.directory import Directory
from congress.rollcall.desk import Desk
from congress.rollcall.model import Method
from congress.secretariat.exports import Exports
from congress.secretariat.gather import Gatherer
from congress.voting import board_store
from congress.voting.booth import Booth
from congress.voting.crypto.tally import partial_of
from congress.voting.model import Ballot, Candidate, Secrecy
from tests.helpers.trustees import board
from tests.helpers.vaults import actor, memory_database

START = datetime(2026, 10, 24, 1, 20, tzinfo=UTC)
ZONE = timezone(timedelta(hours=7))
APPROVAL = Approval("second", "a passphrase")

NAMES = (
    ("D001", "Nguyễn Thị Hường", "Hà Nội"),
    ("D002", "Đỗ Quang Vinh", "Hà Nội"),
    ("D003", "Trần Phương Thảo", "Hà Nội"),
    ("D004", "Lê Bảo Ngọc", "Cần Thơ"),
    ("D005", "Phạm Ngọc Ánh", "Cần Thơ"),
    ("D006", "عبد السلام", "لاہور"),
    ("D007", "فاطمہ زہرا", "لاہور"),
    ("D008", "شاہدہ پروین", "لاہور"),
    ("D009", "Marie Skłodowska Curie", "Paris"),
    ("D010", "Paul Langevin", "Paris"),
    ("D011", '=HYPERLINK("http://x")', "Paris"),
    ("D012", "Émile Henriot #strong[*x*]", "Paris"),
)
CANDIDATES = ("D001", "D004", "D006", "D009")


class SmallCongress:
    """Twelve official delegates, an alternate and a guest, over two sessions."""

    def __init__(self, *, role: Role = Role.SECRETARIAT, motto: bool = False) -> None:
        self.clock = ManualClock(START)
        self.database = memory_database(clock=self.clock)
        self.settings = Settings(
            name="Fifth Congress of the Science Workers' Union",
            starts=date(2026, 10, 24),
            ends=date(2026, 10, 25),
            place="Brussels",
            motto=motto,
        )
        staff = actor(Role.SECRETARIAT)
        self.people = Directory(self.database, staff)
        self.desk = Desk(self.database, staff, self.people, self.clock, lambda: self.settings)
        self.programme = Programme(self.database, staff, self.clock)
        self.second = Actor(MemberId("second"), Role.COMMITTEE, "second")
        self.booth = Booth(
            self.database,
            staff,
            self.clock,
            Signer(bytes(32)),
            self.desk.roll,
            self.people,
            quorate=lambda: self.desk.quorum().reached,
            approve=lambda approval: self.second,
        )
        with self.database.unit_of_work(staff) as uow:
            board_store.add(uow.connection, board()[0], [])
            uow.commit()
        ports = (self.people, self.desk, self.booth, self.programme, lambda: self.settings)
        self.exports = Exports(*ports, actor(role), self.clock, zone=ZONE)
        self.gather = Gatherer(*ports, self.clock, ZONE)
        self.persons: dict[str, Person] = {}

    def person(
        self, badge: str, name: str, delegation: str, standing: Standing = Standing.OFFICIAL
    ) -> None:
        self.persons[badge] = self.people.add(
            Person(PersonId(new_id()), badge, name, delegation, standing, seat=badge[-2:])
        )

    def summon(self) -> None:
        for badge, name, delegation in NAMES:
            self.person(badge, name, delegation)
        self.person("A001", "Hoàng Minh Đức", "Cần Thơ", Standing.ALTERNATE)
        self.person("G001", "Ernest Solvay", "Guests", Standing.GUEST)

    def come(self, *badges: str, method: Method = Method.FACE) -> None:
        for badge in badges:
            self.clock.advance(timedelta(minutes=1))
            self.desk.check_in(self.persons[badge].id, method)

    def item(self, title: str, minutes: int, session: str, kind: ItemKind) -> None:
        starts = START + timedelta(minutes=minutes)
        self.programme.put(
            Item(
                ItemId(new_id()),
                starts,
                starts + timedelta(minutes=30),
                title,
                session,
                kind,
                ("Draft resolution",) if kind is ItemKind.VOTE else (),
            )
        )

    def hold(self) -> None:
        """Hold both sessions to the certified end."""
        self.summon()
        self.item("Opening of the Congress", 10, "First session", ItemKind.OPENING)
        self.item("Draft resolution on open instruments", 40, "First session", ItemKind.VOTE)
        self.item("Election of the committee", 24 * 60, "Second session", ItemKind.ELECTION)
        self.desk.open_session("First session")
        self.come(*(f"D{i:03}" for i in range(1, 10)))
        self.come("A001", "G001", method=Method.QR)
        self.desk.take_seat(self.persons["A001"].id, self.persons["D010"].id)
        self.motion()
        self.desk.check_out(self.persons["D003"].id)
        self.clock.advance(timedelta(hours=2))
        self.desk.close_session()
        self.clock.advance(timedelta(hours=20))
        self.desk.open_session("Second session")
        self.come(*(f"D{i:03}" for i in range(1, 12)), method=Method.MANUAL)
        self.election()
        self.clock.advance(timedelta(hours=1))
        self.desk.close_session()

    def motion(self) -> None:
        poll = self.booth.propose_motion(
            "Open instruments and fair terms of work",
            pack_id="party-congress",
            rule_id="resolution",
            secrecy=Secrecy.OPEN,
            text="The Congress adopts the draft resolution as amended.",
        )
        self.booth.fix_manifest(poll.id)
        self.booth.open(poll.id)
        for i, badge in enumerate((*(f"D{i:03}" for i in range(1, 10)), "A001")):
            choice = ("yes", "yes", "yes", "no", "yes", "yes", "abstain", "yes")[i % 8]
            admission = self.booth.admit(badge)
            self.booth.cast(
                self.booth.prepare(admission, Ballot((frozenset({choice}),))), f"request {i}"
            )
        self.finish(poll.id)

    def election(self) -> None:
        candidates = [
            Candidate(badge, self.persons[badge].name, self.persons[badge].delegation)
            for badge in CANDIDATES
        ]
        poll = self.booth.propose_election(
            "Executive committee",
            candidates,
            3,
            pack_id="party-congress",
            rule_id="election",
        )
        self.booth.fix_manifest(poll.id)
        self.cards = self.booth.issue_cards(poll.id, 12)
        self.booth.draw_cards_present(poll.id)
        self.booth.open(poll.id, APPROVAL)
        for i, card in enumerate(self.cards[:11]):
            kept = set(CANDIDATES) - {CANDIDATES[i % 4] if i > 5 else CANDIDATES[3]}
            marks = frozenset(CANDIDATES if i == 9 else kept)
            self.booth.cast(
                self.booth.prepare(self.booth.admit(card.code), Ballot((marks,))), f"secret {i}"
            )
        self.finish(poll.id)

    def finish(self, poll_id: PollId) -> None:
        self.booth.close(poll_id, APPROVAL)
        if self.booth.poll(poll_id).plan.secrecy is Secrecy.SECRET:
            self.decrypt(poll_id)
        self.booth.tally(poll_id)
        self.booth.certify(poll_id, APPROVAL)

    def decrypt(self, poll_id: PollId) -> None:
        self.booth.encrypted_tally(poll_id, APPROVAL)
        asked = self.booth.tally_to_decrypt(poll_id)
        for share in board()[1][:2]:
            self.booth.add_partial(poll_id, partial_of(asked.context, asked.sums, share))

    def export(self, folder: Path, *languages: str) -> dict[str, bytes]:
        paths = self.exports.write(folder, *languages)
        return {path.name: path.read_bytes() for path in paths}
