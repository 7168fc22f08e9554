"""Sets the papers of the sample congress from their prose in ``assets/samples/papers``."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from congress.assets import asset
from congress.demo.prose import blocks
from congress.demo.wordfile import docx_bytes
from congress.docs.model import PaperType
from congress.i18n.translator import Translator
from congress.kernel.roles import Clearance
from congress.secretariat.typeset import Letterhead, Paper, typeset

_YEARS = 5
_LAST_MONTH = 9
"""The Union's years end with September."""


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """One paper of the sample congress.

    Attributes:
        source: The prose it is set from, a file in ``assets/samples/papers``.
        file: The name of the file that is set, ``.pdf`` or ``.docx``.
        title: Its title, in its language.
        language: ``en``, ``vi`` or ``ur``.
        clearance: Who may read it.
        type: What kind of paper it is.
        item: The row of the programme it belongs to, from 1.
        number: Its number in the congress, or empty.
        replaces: The file of the paper whose next version it is, or empty.
        note: What is new in it, if it is a later version.
    """

    source: str
    file: str
    title: str
    language: str
    clearance: Clearance
    type: PaperType
    item: int
    number: str = ""
    replaces: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the papers say about the congress they are for.

    Attributes:
        names: Its name, by language.
        places: Where it meets, by language.
        starts: Its first day.
    """

    names: dict[str, str]
    places: dict[str, str]
    starts: date

    def values(self, tr: Translator) -> dict[str, str]:
        """Return what the prose may put in: days, the place, and the years of the term."""
        day = {f"day{i + 1}": tr.date(self.starts + timedelta(days=i)) for i in range(3)}
        last = self.starts.year - (self.starts.month <= _LAST_MONTH)
        years = {f"y{i}": str(last - _YEARS + i) for i in range(1, _YEARS + 1)}
        return {"place": self.places[tr.lang], **day, **years}


def manifest() -> tuple[SamplePaper, ...]:
    """Return the papers of the sample congress in order, versions after what they replace."""
    text = (asset("samples") / "papers" / "papers.toml").read_text(encoding="utf-8")
    return tuple(
        SamplePaper(
            **{
                **entry,
                "clearance": Clearance(entry["clearance"]),
                "type": PaperType(entry["type"]),
            }
        )
        for entry in tomllib.loads(text)["paper"]
    )


def paper_bytes(sample: SamplePaper, occasion: Occasion) -> bytes:
    """Return ``sample`` set as the PDF or DOCX that its file name promises."""
    tr = Translator(sample.language)
    prose = (asset("samples") / "papers" / sample.source).read_text(encoding="utf-8")
    name = occasion.names[sample.language]
    paper = Paper(
        title=sample.title,
        letterhead=Letterhead(
            name=name,
            place_and_date=tr(
                "export.place_and_date",
                place=occasion.places[sample.language],
                date=occasion.starts,
            ),
        ),
        issued=occasion.starts,
        blocks=blocks(prose, occasion.values(tr)),
        footer=tr(f"clearance.{sample.clearance}"),
    )
    if sample.file.endswith(".docx"):
        return docx_bytes(sample.language, paper)
    return typeset(tr, paper)


def write_papers(folder: Path, occasion: Occasion) -> Iterator[tuple[SamplePaper, Path]]:
    """Set every sample paper into ``folder``; yield each with its path as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in manifest():
        path = folder / sample.file
        path.write_bytes(paper_bytes(sample, occasion))
        yield sample, path
