"""Reads ballots in the BLT form of OpenSTV, OpaVote and the Scottish councils.

The first line gives candidates and seats, then withdrawn candidates as negative numbers, then
one line a ranking (how often it was cast, the candidates from 1, a nought), a nought alone, the
candidates' names in quotation marks, and the title.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from congress.kernel.errors import InputError
from congress.voting.stv.model import RankedBallots

_MOST_BYTES = 200_000_000
_MOST_CANDIDATES = 1_000
_NUMBER = re.compile(r"-?\d{1,12}")
_QUOTED = re.compile(r'"([^"]*)"')


def read_blt(path: Path) -> RankedBallots:
    """Return the ballots in a BLT file.

    Raises:
        InputError: ``blt.missing``, ``blt.too_large`` or ``blt.wrong``, with the file and the
            row that cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError("blt.too_large", file=path.name)
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError("blt.missing", file=path.name) from error
    return parse_blt(text, path.name)


def parse_blt(text: str, file: str) -> RankedBallots:
    """Return the ballots in the text of a BLT file; see ``read_blt``."""
    lines = _Lines(text, file)
    candidates, seats = _head(lines)
    ballots: list[tuple[int, tuple[int, ...]]] = []
    withdrawn: set[int] = set()
    for numbers in _rows(lines):
        if not ballots and all(each < 0 for each in numbers):
            withdrawn |= {_candidate(lines, -each, candidates) for each in numbers}
            continue
        papers, *ranking = numbers
        preferences = tuple(_candidate(lines, each, candidates) for each in ranking)
        if papers < 0 or len(set(preferences)) != len(preferences):
            lines.refuse()
        ballots.append((papers, preferences))
    names = list(lines.rest_quoted())
    if len(names) < candidates:
        lines.refuse()
    title = names[candidates] if len(names) > candidates else ""
    return RankedBallots(
        title, tuple(names[:candidates]), seats, tuple(ballots), frozenset(withdrawn)
    )


class _Lines:
    """The lines of the file that say something, and where we are in it."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._numbered = [
            (number, line.strip())
            for number, line in enumerate(text.splitlines(), start=1)
            if line.strip() and not line.lstrip().startswith("#")
        ]
        self._at = 0
        self.row = 1

    def next(self) -> str:
        if self._at >= len(self._numbered):
            self.refuse()
        self.row, line = self._numbered[self._at]
        self._at += 1
        return line

    def rest_quoted(self) -> Iterator[str]:
        for number, line in self._numbered[self._at :]:
            self.row = number
            match = _QUOTED.fullmatch(line)
            yield match[1] if match else line

    def refuse(self) -> None:
        raise InputError("blt.wrong", file=self._file, row=self.row)


def _integers(lines: _Lines, line: str) -> list[int]:
    parts = line.split()
    if not all(_NUMBER.fullmatch(part) for part in parts):
        lines.refuse()
    return [int(part) for part in parts]


def _head(lines: _Lines) -> tuple[int, int]:
    numbers = _integers(lines, lines.next())
    if len(numbers) != 2:
        lines.refuse()
    candidates, seats = numbers
    if not (1 <= candidates <= _MOST_CANDIDATES and 1 <= seats <= candidates):
        lines.refuse()
    return candidates, seats


def _rows(lines: _Lines) -> Iterator[list[int]]:
    while (numbers := _integers(lines, lines.next())) != [0]:
        if numbers[-1] == 0:
            numbers = numbers[:-1]
        elif any(each >= 0 for each in numbers):
            lines.refuse()
        yield numbers


def _candidate(lines: _Lines, number: int, candidates: int) -> int:
    if not 1 <= number <= candidates:
        lines.refuse()
    return number - 1
