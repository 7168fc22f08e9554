"""A table of cells as it stands in a file, before anyone says what its columns mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: Position in the file as a spreadsheet shows it, from 1.
        cells: The cells as written, from the first column on.
    """

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything but space."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file.

    Attributes:
        file: Name of the file, without its folder.
        rows: Its rows in order, blank ones left out.
        encoding: How its text was written, for instance ``windows-1258``; ``xlsx`` for a
            workbook.
    """

    file: str
    rows: tuple[Row, ...]
    encoding: str = "utf-8"

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)
