"""How the library has a file read: in a process of its own, with what this machine offers.

``Extraction`` joins the reading process (``worker``), LibreOffice (``convert``) and Tesseract
(``ocr``). The two programs are optional and looked for when the first file comes.
"""

from contextlib import suppress
from functools import cached_property
from typing import BinaryIO, Protocol

from congress.docs.convert import ConverterUnavailable, Office, find_office
from congress.docs.model import Extract, PaperKind
from congress.docs.ocr import Tesseract, find_tesseract
from congress.docs.text.extract import extract
from congress.docs.worker import Asked, Worker
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress

_DRAWN = frozenset((PaperKind.DOCX, PaperKind.ODT))


class Extractor(Protocol):
    """Reads files for the library."""

    def start(self) -> None:
        """Get ready for a file that is about to come."""
        ...

    def extract(
        self, file: BinaryIO, size: int, name: str, progress: Progress, language: str = ""
    ) -> Extract:
        """Read an open, seekable file of ``size`` bytes; ``language`` if a person said so.

        Raises:
            CongressError: The file cannot be used.
        """
        ...

    def close(self) -> None:
        """Let go of what reading needs."""
        ...


class InProcess:
    """Reads files in the process of the congress itself: for tests, and for our own files."""

    def start(self) -> None:
        """Need nothing."""

    def extract(
        self, file: BinaryIO, size: int, name: str, progress: Progress, language: str = ""
    ) -> Extract:
        """Read an open file; see ``congress.docs.text.extract.extract``."""
        return extract(file, size, name, progress)

    def close(self) -> None:
        """Hold nothing."""


class Extraction:
    """Reads files in a confined process."""

    def __init__(self, worker: Worker | None = None, *, programs: bool = True) -> None:
        """Start nothing yet.

        Args:
            worker: The reading process.
            programs: Whether LibreOffice and Tesseract are used where they are installed.
        """
        self._worker = worker or Worker()
        self._programs = programs

    @cached_property
    def office(self) -> Office | None:
        """LibreOffice, if it is there."""
        return find_office() if self._programs else None

    @cached_property
    def tesseract(self) -> Tesseract | None:
        """Tesseract, if it is there."""
        return find_tesseract() if self._programs else None

    def start(self) -> None:
        """Start the reading process, so that it is ready when the file is.

        Raises:
            EnvironmentFault: ``docs.no_reader``.
        """
        self._worker.start()

    def extract(
        self, file: BinaryIO, size: int, name: str, progress: Progress, language: str = ""
    ) -> Extract:
        """Read a file.

        A word processor's file gets the pages that LibreOffice draws of it where it is
        installed and able to; its text alone is enough without. Other office files cannot be
        read without it.

        Raises:
            InputError: As ``Worker.read``; ``docs.office_failed``.
            ConverterUnavailable: The file needs LibreOffice, which is not there.
            EnvironmentFault: ``docs.no_reader``.
            Cancelled: The person cancelled.
        """
        asked = Asked(language, tesseract=self.tesseract)
        try:
            found = self._worker.read(file, size, name, progress, asked)
        except InputError as error:
            if error.code != "docs.needs_office":
                raise
            if self.office is None:
                raise ConverterUnavailable(name) from None
            fixed = self.office.pdf(file, name, progress)
            asked = Asked(language, fixed, self.tesseract)
            return self._worker.read(file, size, name, progress, asked)
        if found.kind in _DRAWN and self.office is not None:
            with suppress(InputError):
                fixed = self.office.pdf(file, name, progress)
                return self._worker.read(file, size, name, progress, Asked(language, fixed))
        return found

    def close(self) -> None:
        """End the reading process."""
        self._worker.close()
