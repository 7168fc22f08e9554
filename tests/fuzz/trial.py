"""Tries one bad file as an import would, and reads what came in as the reader would.

What must hold: an answer or a reason within ten seconds, never an error that is our own, no call
to the network, and a file that was taken must open, draw and search in the congress itself.
"""

import io
import socket
import threading
import time
from dataclasses import dataclass

from congress.docs.model import Extract, PaperKind
from congress.docs.pdfium import Pdf
from congress.docs.text.pdf import placed_text
from congress.docs.worker import Worker
from congress.i18n.catalogue import entries
from congress.kernel.errors import CongressError, InputError
from congress.kernel.progress import Silent

PATIENCE = 10.0
_SLACK = 3.0
_PAGES_DRAWN = 3
_CRASHED = "docs.reader_crashed"


@dataclass(frozen=True)
class Result:
    """What came of one file.

    Attributes:
        said: ``taken``, or the code of the reason.
        seconds: How long it took.
        fault: What should not have happened, or empty.
    """

    said: str
    seconds: float
    fault: str = ""


class Trial:
    """Tries files one after another in one reading process."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.worker = Worker(patience=patience)
        self._patience = patience
        self._known = set(entries())
        self.worker.start()

    def run(self, name: str, data: bytes) -> Result:
        """Try a file."""
        began = time.monotonic()
        try:
            found = self.worker.read(io.BytesIO(data), len(data), name, Silent())
            said, fault = "taken", self._read(found, data)
        except InputError as error:
            said = error.code
            fault = self._weigh(error, name)
        except CongressError as error:
            said, fault = error.code, "not the file's fault"
        seconds = time.monotonic() - began
        if seconds > self._patience + _SLACK and said != "taken":
            fault = fault or "too long without an answer"
        return Result(said, seconds, fault)

    def _weigh(self, error: InputError, name: str) -> str:
        if f"error.{error.code}.what" not in self._known:
            return "no words for this reason"
        # PDFium is not ours to mend: that its process dies and not ours is what can be had.
        ours = not name.endswith(".pdf")
        return "brought down its reader" if ours and error.code == _CRASHED else ""

    def _read(self, found: Extract, data: bytes) -> str:
        """Open, draw and search what was taken, in this process, as the reader does."""
        if not found.pages:
            return "taken without pages"
        if found.kind not in (PaperKind.PDF, PaperKind.IMAGE):
            return ""
        try:
            with Pdf(io.BytesIO(found.rendition or data)) as opened:
                opened.outline()
                for index in range(min(_PAGES_DRAWN, opened.page_count)):
                    self._draw(opened, index)
        except InputError as error:
            return f"taken, but does not open: {error.code}"
        return ""

    def _draw(self, opened: Pdf, index: int) -> None:
        try:
            opened.render(index, 1.0)
            placed_text(opened, index)
        except InputError as error:
            if error.code != "docs.page_damaged":
                raise

    def close(self) -> None:
        """End the reading process."""
        self.worker.close()


class Listener:
    """A server on this machine that must never be asked for anything."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self.asked = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._server.accept()
            except TimeoutError:
                continue
            self.asked += 1
            connection.close()

    def close(self) -> int:
        """Stop listening; return how often it was asked."""
        self._closing.set()
        self._thread.join()
        self._server.close()
        return self.asked
