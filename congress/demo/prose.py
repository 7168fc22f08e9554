"""Reads the prose of the sample papers: a small Markdown, turned into the blocks of a paper.

::

    # Heading            (## and ### for the levels below)
    **Article 1.** A paragraph with a heavy lead.
    - an item            1. a numbered item
    > A remark in small type.
    Table: its caption   (in front of a table with | bars |; a ---: column holds numbers;
    | **Total** | 12 |    a row that begins heavy is a total)
    ```columns The caption | first series | second series
    2021 | 12 | 7        (upright columns; ```bars draws lying bars)
    ```
    [[contents Title]]   [[newpage]]   [[sign Chair | Secretary]]

A backslash at the end of a line breaks the line. ``{name}`` is replaced from the given values.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from congress.kernel.errors import BugError
from congress.secretariat.blocks import (
    Align,
    Bar,
    Bars,
    Block,
    Columns,
    Contents,
    Group,
    Heading,
    Height,
    Items,
    NewPage,
    Note,
    Paragraph,
    Party,
    Signatures,
    Table,
    TableColumn,
)

_LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<rest>.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<number>\d+)\. ")
_COMMAND = re.compile(r"\[\[(?P<name>contents|newpage|sign)(?: (?P<rest>.*))?\]\]")
_NARROW, _WIDE = 30, 60
_STARTS = ("#", "- ", "> ", "|", "```", "[[", "Table: ")


def _joined(lines: list[str]) -> str:
    text = ""
    for line in lines:
        if text:
            text = f"{text[:-1].rstrip()}\n" if text.endswith("\\") else f"{text} "
        text += line.strip()
    return text


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    @property
    def line(self) -> str:
        return self._lines[self._at] if self._at < len(self._lines) else ""

    @property
    def done(self) -> bool:
        return self._at >= len(self._lines)

    def take(self) -> str:
        line = self.line
        self._at += 1
        return line

    def while_(self, wanted: Callable[[str], bool]) -> list[str]:
        found = []
        while not self.done and wanted(self.line):
            found.append(self.take())
        return found


def _table(reader: _Reader, caption: str) -> Table:
    head, marks, *rows = [_cells(line) for line in reader.while_(lambda x: x.startswith("|"))]
    totals = tuple(i for i, row in enumerate(rows) if row[0].startswith("**"))
    numbers = [mark.endswith(":") for mark in marks]
    lengths = [
        max(len(row[i]) for row in (head, *rows)) if not number else 0
        for i, number in enumerate(numbers)
    ]
    longest = max(lengths)
    narrow = [number or length <= _NARROW for number, length in zip(numbers, lengths, strict=True)]
    return Table(
        columns=tuple(
            TableColumn(
                title,
                Align.NUMBER if number else Align.START,
                "auto" if thin and length < longest else str(max(1, min(length, _WIDE))),
            )
            for title, number, length, thin in zip(head, numbers, lengths, narrow, strict=True)
        ),
        rows=tuple(tuple(cell.strip("*") for cell in row) for row in rows),
        caption=caption,
        totals=totals,
    )


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", "").rstrip("%"))


def _figure(reader: _Reader) -> Block:
    kind, _, head = reader.take().removeprefix("```").partition(" ")
    caption, *series = _cells(head)
    rows = [_cells(line) for line in reader.while_(lambda x: x != "```")]
    reader.take()
    highest = max(_value(cell) for row in rows for cell in row[1 : 2 if kind == "bars" else None])

    def share(cell: str) -> str:
        return f"{float(_value(cell) / highest):.4f}"

    if kind == "bars":
        return Bars(
            caption=caption,
            rows=tuple(
                Bar(row[0], share(row[1]), row[1], row[2] if len(row) > 2 else "") for row in rows
            ),
        )
    return Columns(
        caption=caption,
        series=tuple(series),
        rows=tuple(
            Group(row[0], tuple(Height(cell, share(cell)) for cell in row[1:])) for row in rows
        ),
    )


def _command(line: str) -> Block:
    match = _COMMAND.fullmatch(line.strip())
    if match is None:
        raise BugError("a sample paper holds an unknown command")
    rest = match["rest"] or ""
    match match["name"]:
        case "contents":
            return Contents(rest)
        case "newpage":
            return NewPage()
        case _:
            return Signatures(tuple(Party(name, "") for name in _cells(rest)))


def _entries(reader: _Reader, mark: Callable[[str], int]) -> Iterator[str]:
    while not reader.done and mark(reader.line):
        lines = [reader.line[mark(reader.line) :]]
        reader.take()
        lines += reader.while_(lambda x: x.startswith("  "))
        yield _joined(lines)


def _numbered(line: str) -> int:
    match = _NUMBERED.match(line)
    return match.end() if match else 0


def blocks(text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks of ``text``, with ``values`` put in for ``{name}``.

    Raises:
        BugError: The text names a value that is not there, or is not of this Markdown.
    """
    for name in set(re.findall(r"\{(\w+)\}", text)):
        if name not in values:
            raise BugError(f"a sample paper needs the value {name}")
        text = text.replace(f"{{{name}}}", values[name])
    reader = _Reader(text.splitlines())
    found: list[Block] = []
    while not reader.done:
        line = reader.line
        if not line.strip():
            reader.take()
        elif line.startswith("#"):
            marks, _, rest = reader.take().partition(" ")
            found.append(Heading(rest.strip(), len(marks)))
        elif line.startswith("Table: "):
            caption = reader.take().removeprefix("Table: ")
            found.append(_table(reader, caption))
        elif line.startswith("|"):
            found.append(_table(reader, ""))
        elif line.startswith("```"):
            found.append(_figure(reader))
        elif line.startswith("[["):
            found.append(_command(reader.take()))
        elif line.startswith("> "):
            quoted = reader.while_(lambda x: x.startswith("> "))
            found.append(Note(_joined([x[2:] for x in quoted])))
        elif line.startswith("- "):
            found.append(Items(tuple(_entries(reader, lambda x: 2 * x.startswith("- ")))))
        elif _numbered(line):
            start = int(line.partition(".")[0])
            found.append(Items(tuple(_entries(reader, _numbered)), ordered=True, start=start))
        else:
            lines = [reader.take()]
            lines += reader.while_(
                lambda x: bool(x.strip()) and not x.startswith(_STARTS) and not _numbered(x)
            )
            body = _joined(lines)
            lead = _LEAD.fullmatch(body)
            found.append(Paragraph(lead["rest"], lead["lead"]) if lead else Paragraph(body))
    return tuple(found)
