"""What readers find in a PDF, compared with what was written into it."""

import re

import pypdfium2

from congress.kernel.folding import fold


def text_of(data: bytes) -> str:
    """Return the text of all pages, as pdfium extracts it."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def words_of(text: str) -> set[str]:
    """Return the folded words of two letters and more."""
    return set(re.findall(r"[^\W_]{2,}", fold(text)))


def recall(written: str, extracted: str) -> float:
    """Return which share of the words written is found among the words extracted."""
    wanted = words_of(written)
    return len(wanted & words_of(extracted)) / len(wanted)
