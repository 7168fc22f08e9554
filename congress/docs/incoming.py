"""The files that are to come in together: those of folders and ZIPs one by one."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from congress.docs.files import Member, printable
from congress.docs.zips import PaperZip, holds_papers
from congress.kernel.errors import CongressError, InputError

MAX_FILES = 5_000

TAKEN = frozenset(
    (
        *(".pdf", ".docx", ".docm", ".odt", ".epub", ".html", ".htm", ".xhtml"),
        *(".txt", ".text", ".md", ".markdown"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".heic"),
        *(".doc", ".rtf", ".odp", ".ods", ".ppt", ".pptx", ".xls", ".xlsx"),
    )
)
"""Names of the files that are taken out of a folder or ZIP; one chosen itself is always tried."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to come in.

    Attributes:
        name: Its name without folders.
        place: The folder or ZIP it was found in, or empty if it was chosen itself.
        path: Where it is, or the ZIP it is in.
        zipped: The ZIP it is in, if it is in one.
        index: Its place in the ZIP.
        fault: Why it cannot be used, if that is known already.
    """

    name: str
    place: str
    path: Path
    zipped: PaperZip | None = None
    index: int = 0
    fault: CongressError | None = None

    def source(self) -> Path | Member:
        """Return what ``Library`` imports; a file in a ZIP is read into memory.

        Raises:
            CongressError: ``fault``, or what ``PaperZip.read`` raises.
        """
        if self.fault is not None:
            raise self.fault
        return self.path if self.zipped is None else self.zipped.read(self.index)


class Gathered:
    """Files to come in, and the ZIPs they are in, which are closed with it."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Look into the folders and ZIPs among ``paths``, one level deep for ZIPs.

        A ZIP that cannot be used stands in the list as one file with its fault.
        """
        self._zips = ExitStack()
        self.files: tuple[Incoming, ...] = tuple(self._files(paths))

    def _files(self, paths: Iterable[Path]) -> Iterator[Incoming]:
        count = 0
        for path, place in _walked(paths):
            for file in self._of_zip(path) if holds_papers(path) else [_plain(path, place)]:
                count += 1
                if count > MAX_FILES:
                    fault = InputError("docs.too_many_files", file=file.name, most=MAX_FILES)
                    yield Incoming(file.name, file.place, path, fault=fault)
                    return
                yield file

    def _of_zip(self, path: Path) -> Iterator[Incoming]:
        try:
            zipped = PaperZip(path)
        except CongressError as error:
            yield Incoming(printable(path.name), "", path, fault=error)
            return
        self._zips.callback(zipped.close)
        for index, name in enumerate(zipped.names):
            if Path(name).suffix.lower() in TAKEN or name.lower().endswith(".zip"):
                yield Incoming(name, zipped.name, path, zipped, index)

    def close(self) -> None:
        """Close the ZIPs."""
        self._zips.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _plain(path: Path, place: str) -> Incoming:
    return Incoming(printable(path.name), place, path)


def _walked(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if not path.is_dir():
            yield path, ""
            continue
        for each in sorted(path.rglob("*")):
            if _is_taken(each):
                yield each, printable(each.parent.name)


def _is_taken(path: Path) -> bool:
    suffix = path.suffix.lower()
    return (suffix in TAKEN or suffix == ".zip") and path.name[0] != "." and path.is_file()
