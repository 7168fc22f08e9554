"""What comparing two versions of 200 pages costs, beside difflib over words: ``make bench``."""

import difflib
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from congress.docs.changes.compare import compare
from congress.docs.changes.model import Edition
from congress.docs.model import PageText

_PAGES, _LINES, _WORDS = 200, 38, 11
_TARGET, _ROUNDS = 1.0, 3
_VOCABULARY = 6_000


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _paragraphs(rng: random.Random) -> list[str]:
    words = ["".join(rng.choices("aeiounrtlsm", k=rng.randint(2, 9))) for _ in range(_VOCABULARY)]
    weights = [1 / (rank + 2) for rank in range(_VOCABULARY)]
    found: list[str] = []
    left = _PAGES * _LINES * _WORDS
    while left > 0:
        sentences = []
        for _ in range(rng.randint(2, 7)):
            length = rng.randint(6, 30)
            sentences.append(" ".join(rng.choices(words, weights, k=length)).capitalize() + ".")
            left -= length
        found.append(" ".join(sentences))
    return found


def _edited(rng: random.Random, paragraphs: list[str], share: float) -> list[str]:
    found: list[str] = []
    for paragraph in paragraphs:
        draw = rng.random() / share
        if draw < 0.1:
            continue
        if draw < 0.2:
            found.append(rng.choice(paragraphs)[::-1])
        if draw < 1:
            words = paragraph.split()
            for _ in range(rng.randint(1, 5)):
                words[rng.randrange(len(words))] = rng.choice(("other", "1,250", "mới"))
            paragraph = " ".join(words)
        found.append(paragraph)
    for _ in range(round(share * 20)):
        found.insert(rng.randrange(len(found)), found.pop(rng.randrange(len(found))))
    return found


def _set(paragraphs: list[str], width: int) -> Edition:
    """Set paragraphs in lines and pages, with a running head and page numbers."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > width:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    return Edition(
        [
            PageText("\n".join(["Draft report", *page, str(number)]))
            for number, page in enumerate(pages, start=1)
        ],
        fixed=True,
    )


def _flow(paragraphs: list[str]) -> Edition:
    size = max(1, len(paragraphs) // _PAGES)
    pages = ["\n".join(paragraphs[at : at + size]) for at in range(0, len(paragraphs), size)]
    return Edition([PageText(page) for page in pages], fixed=False)


def _time(name: str, old: Edition, new: Edition) -> float:
    spent = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        found = compare(old, new)
        spent = min(spent, time.perf_counter() - start)
    verdict = "ok" if spent < _TARGET else "over"
    changed = found.summary.paragraphs
    _say(f"{name:44} {spent * 1000:9.0f} ms  {changed:5} changed  (< {_TARGET:.0f} s) {verdict}")
    return spent


def main() -> None:
    """Print the table."""
    rng = random.Random(7)
    before = _paragraphs(rng)
    after = _edited(rng, before, 0.1)
    _say(f"two versions of {_PAGES} pages, {_PAGES * _LINES * _WORDS:,} words")
    ours = _time("files with paragraphs, a tenth edited", _flow(before), _flow(after))
    _time("set in lines, other width, a tenth edited", _set(before, 66), _set(after, 72))
    half = _edited(rng, before, 0.5)
    _time("files with paragraphs, half edited", _flow(before), _flow(half))
    _time("set in lines, other width, half edited", _set(before, 66), _set(half, 72))
    other = _paragraphs(random.Random(8))
    _time("two texts that share nothing but words", _flow(before), _flow(other))
    start = time.perf_counter()
    old, new = (" ".join(paragraphs).split() for paragraphs in (before, after))
    difflib.SequenceMatcher(None, old, new).get_opcodes()
    peer = time.perf_counter() - start
    _say(f"{'difflib over words, a tenth edited':44} {peer * 1000:9.0f} ms  {ours / peer:.2f}x")


if __name__ == "__main__":
    main()
