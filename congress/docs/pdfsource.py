"""What PDFium reads a PDF from: any file, whose errors cannot pass through C."""

import io
from typing import Any, Protocol


class Readable(Protocol):
    """A file that can be read from any position, closed or not by who opened it."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Return up to ``size`` bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a position and return it."""
        ...

    def tell(self) -> int:
        """Return the position."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Source(io.RawIOBase):
    """Keeps an error that happens while PDFium reads: it cannot pass through C."""

    def __init__(self, file: Readable) -> None:
        """Read from ``file``, which stays open.

        Attributes:
            fault: The error, to be raised again behind the call.
        """
        super().__init__()
        self._file = file
        self.fault: Exception | None = None

    def seekable(self) -> bool:
        """Return that it can be read from any position."""
        return True

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a position and return it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def readinto(self, buffer: Any, /) -> int:
        """Fill ``buffer``, with zeros where an error keeps bytes back; return how many came."""
        view = memoryview(buffer).cast("B")
        done = 0
        try:
            while done < len(view) and (part := self._file.read(len(view) - done)):
                view[done : done + len(part)] = part
                done += len(part)
        except Exception as error:  # noqa: BLE001 - raised again by Pdf._calling
            self.fault = error
        view[done:] = bytes(len(view) - done)
        return done
