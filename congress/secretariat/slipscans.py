"""Reading scanned ballot papers from files: a PDF, pictures, or a folder of them.

Pages are read one after another and kept nowhere but in what is returned.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from congress.docs.pdfium import Pdf
from congress.i18n.translator import Translator
from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.kernel.progress import Progress, Silent
from congress.secretariat.ballotpapers import ballot_paper_pdf
from congress.voting.model import Plan
from congress.voting.scanning.pages import Grey
from congress.voting.scanning.pile import Pile, Problem, decoded, grey, masters

SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
_POINTS = 72 / 25.4
_SCAN_DOTS = 203 / 72
_LARGEST_FILE = 400_000_000


def files_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the scans among ``paths``, those in folders in the order of their names."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir(), key=_in_order) if path.is_dir() else [path]
        found += [item for item in inside if item.suffix.lower() in SUFFIXES and item.is_file()]
    return tuple(found)


def read_scans(
    tr: Translator,
    congress: str,
    day: date,
    poll_id: PollId,
    plan: Plan,
    paths: Sequence[Path],
    progress: Progress | None = None,
) -> Pile:
    """Read every ballot paper of a poll in ``paths``.

    Args:
        tr: The language in which the ballot paper was printed.
        congress: Name of the congress, as printed.
        day: As printed.
        poll_id: The poll.
        plan: Its plan.
        paths: Files and folders.
        progress: Told after each page; may cancel.

    Raises:
        Cancelled: The person cancelled; nothing was kept.
        InputError: ``scan.no_files`` if there is nothing to read.
    """
    watched = progress or Silent()
    pdf, sheet = ballot_paper_pdf(tr, congress, day, poll_id, plan)
    with _opened(pdf) as master:
        printed = masters(sheet, lambda page, dots: _drawn(master, page, dots / _POINTS))
    files = files_in(paths)
    if not files:
        raise InputError("scan.no_files")
    pile = Pile(poll_id, plan, sheet, printed)
    for done, path in enumerate(files):
        watched.check()
        watched.report(done, len(files), path.name)
        try:
            for number, scan in enumerate(_pages(path), start=1):
                watched.check()
                pile.add(f"{path.name}: {number}", scan)
        except InputError as error:
            pile.problems.append(Problem(path.name, error))
    pile.end()
    watched.report(len(files), len(files))
    return pile


def _pages(path: Path) -> Iterator[Grey]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InputError("scan.no_picture")
        data = path.read_bytes()
    except OSError as error:
        raise InputError("scan.unreadable") from error
    if path.suffix.lower() != ".pdf":
        yield from decoded(data)
        return
    with _opened(data) as pdf:
        for index in range(pdf.page_count):
            yield _drawn(pdf, index, _SCAN_DOTS)


def _opened(data: bytes) -> Pdf:
    return Pdf(io.BytesIO(data), owned=True)


def _drawn(pdf: Pdf, index: int, scale: float) -> Grey:
    pixels = pdf.render(index, scale)
    return grey(pixels.width, pixels.height, pixels.data)


def _in_order(path: Path) -> tuple[tuple[int, str], ...]:
    """Order names as people count: page 2 before page 10."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.split(r"(\d+)", path.name.casefold())
        if part
    )
