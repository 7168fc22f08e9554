"""Biographies of candidates: plain paragraphs that a voter can read on demand."""

import re
import unicodedata
from collections.abc import Iterator

from congress.kernel.folding import BIDI_CONTROLS
from congress.voting.model import Candidate, Line

LONGEST = 2_000
"""Characters of a biography at most."""

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n{3,}")


def paragraphs(text: str) -> str:
    """Return what somebody typed or pasted as paragraphs, without what is never seen.

    Control characters go, among them those that turn the direction of text, spaces at the
    ends of lines, and all but one empty line between paragraphs. Letters are put together with
    their marks (NFC), as they are kept, so that they are counted as they are read.
    """
    unified = _BREAKS.sub("\n", text).replace("\t", " ")
    seen = "".join(character for character in unified if not _hidden(character))
    whole = unicodedata.normalize("NFC", seen)
    lines = "\n".join(line.strip() for line in whole.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip("\n")


def problems(candidate: Candidate) -> Iterator[Line]:
    """Yield what is wrong with a candidate's biography; nothing if it may be shown."""
    length = len(candidate.biography)
    if length > LONGEST:
        yield Line(
            "plan.problem.biography_long",
            {"name": candidate.name, "count": length, "most": LONGEST},
        )
    if any(map(_hidden, candidate.biography)):
        yield Line("plan.problem.biography_hidden", {"name": candidate.name})


def _hidden(character: str) -> bool:
    """Return whether a character is a control character, half of one, or turns the direction."""
    control = unicodedata.category(character) in ("Cc", "Cs") and character != "\n"
    return control or character in BIDI_CONTROLS
