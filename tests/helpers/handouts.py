"""A congress whose papers leave the house: members, a list of people, papers of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from congress.app import OpenCongress, create_congress
from congress.docs.extraction import InProcess
from congress.kernel.clock import ManualClock
from congress.kernel.people import Person
from congress.kernel.roles import Clearance, Role
from congress.kernel.settings import Settings
from congress.people.mapping import propose_columns
from congress.people.table import read_table
from congress.secretariat.handout import Handout, handout
from tests.helpers.papers import docx, paragraph, pdf
from tests.helpers.vaults import CHEAP, PASSPHRASE, manual_clock

PEOPLE = (
    "Badge;Name;Delegation;Role\n"
    "D-014;Nguyễn Thị Lan;Huế;official\n"
    "D-015;Minh;Huế;guest\n"
    "D-016;عائشہ صدیقی;لاہور;official\n"
)


@contextmanager
def open_house(folder: Path, clock: ManualClock | None = None) -> Iterator[OpenCongress]:
    """Yield a congress in ``folder`` with six papers, three people and two more members."""
    settings = Settings(
        "Congress of the boats",
        place="Đà Nẵng",
        starts=date(2026, 3, 14),
        ends=date(2026, 3, 16),
    )
    with create_congress(
        folder / "house",
        settings,
        PASSPHRASE,
        clock=clock or manual_clock(),
        kdf=CHEAP,
        extractor=InProcess(),
    ) as congress:
        congress.vault.add_member("lan", Role.DELEGATE, PASSPHRASE)
        congress.vault.add_member("screen", Role.PROJECTOR, PASSPHRASE)
        _import_papers(congress, folder)
        file = folder / "people.csv"
        file.write_text(PEOPLE, encoding="utf-8")
        table = read_table(file)
        congress.people.import_table(table, propose_columns(table), "en")
        yield congress


def _import_papers(congress: OpenCongress, folder: Path) -> None:
    word = docx(
        paragraph("Statutes", "Heading1"),
        paragraph("Article one of the statutes"),
        paragraph("عام متن"),
    )
    web = "<h1>قواعد</h1><p>پہلا <b>قاعدہ</b></p><ul><li>الف</li><li>ب</li></ul>".encode()
    for name, data, clearance, language, number, agenda in (
        ("report.pdf", pdf("Political report", "second", "third"), "public", "en", "1", "1. Open"),
        ("statutes.docx", word, "public", "vi", "2", "3. Statutes"),
        ("rules.html", web, "public", "ur", "12", "1. Open"),
        ("budget.pdf", pdf("Budget of the boats"), "delegates", "en", "4", "4. Finances"),
        ("draft.pdf", pdf("Restricteddraftzz"), "restricted", "en", "5", "4. Finances"),
        ("secret.pdf", pdf("Secretpaperzz"), "secret", "en", "6", "9. Secretitemzz"),
    ):
        path = folder / name
        path.write_bytes(data)
        congress.library.import_file(
            path,
            title=f"Title {name}",
            clearance=Clearance(clearance),
            language=language,
            number=number,
            agenda=agenda,
        )


def cheap_handout(congress: OpenCongress) -> Handout:
    """Return the services around papers that leave the house, with packs that open at once."""
    return handout(
        congress.vault,
        congress.library,
        congress.people,
        congress.programme,
        congress.clock,
        kdf=CHEAP,
    )


def person(congress: OpenCongress, badge: str) -> Person:
    """Return a person of the list."""
    found = congress.people.by_badge(badge)
    assert found is not None
    return found
