"""Sets the papers of the sample congress from their prose in ``assets/samples/papers``."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from congress.assets import asset
from congress.demo.prose import blocks
from congress.demo.wordfile import docx_bytes
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
        kind: ``agenda``, ``resolution``, ``rules``, ``report`` or ``note``.
    """

    source: str
    file: str
    title: str
    language: str
    clearance: Clearance
    kind: str


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
    """Return the papers of the sample congress, in the order of the library."""
    text = (asset("samples") / "papers" / "papers.toml").read_text(encoding="utf-8")
    return tuple(
        SamplePaper(**{**entry, "clearance": Clearance(entry["clearance"])})
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
