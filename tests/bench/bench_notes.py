"""How well and how fast notes are found again in a new version of their paper.

The three texts of the Universal Declaration are edited word by word and paged anew. Every
sentence bears a note. A place is right if at least half of the words it claims are those that
became of the sentence, wrong otherwise; a note on a sentence that was taken out is right if it is
unplaced.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from congress.docs.notes.anchoring import place_again, text_anchor
from congress.docs.notes.folded import FoldedPages
from congress.docs.notes.model import Anchored, Fit, Spot, TextAnchor

_PAPERS = Path(__file__).parents[3] / "shared" / "data" / "papers"
_ROUNDS = 10
_OLD_PAGE, _NEW_PAGE = 2_500, 1_700
_NOTES, _PAGES = 500, 200

Sentences = list[list[tuple[int, str]]]
"""Paragraphs of sentences, each with its number."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _sentences(text: str) -> Sentences:
    found: Sentences = []
    count = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [each for each in re.split(r"(?<=[.;۔])\s+", line) if each.strip()]
        found.append(list(enumerate(parts, start=count)))
        count += len(parts)
    return found


def _edited(old: Sentences, share: float, dropped: float, rng: random.Random) -> Sentences:
    words = [word for paragraph in old for _, sentence in paragraph for word in sentence.split()]
    new: Sentences = []
    for paragraph in old:
        if rng.random() < dropped:
            continue
        new.append([(number, _edit(text, share, words, rng)) for number, text in paragraph])
    new.insert(rng.randrange(len(new)), [(-1, "A paragraph that nobody has seen before.")])
    return new


def _edit(sentence: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    made: list[str] = []
    for word in sentence.split():
        chance = rng.random() / share if share else 1.0
        if chance >= 1:
            made.append(word)
        elif chance < 0.5:
            made.append(rng.choice(words))
        elif chance < 0.75:
            made += [word, rng.choice(words)]
    return " ".join(made) or rng.choice(words)


def _paged(text: Sentences, size: int) -> tuple[list[str], dict[int, tuple[Spot, Spot]]]:
    pages, page = [], ""
    where: dict[int, tuple[Spot, Spot]] = {}
    for paragraph in text:
        if len(page) > size:
            pages.append(page)
            page = ""
        for number, sentence in paragraph:
            page += " " if page and not page.endswith("\n") else ""
            start = len(page)
            page += sentence
            where[number] = Spot(len(pages) + 1, start), Spot(len(pages) + 1, len(page))
        page += "\n"
    return [*pages, page], where


@dataclass
class _Score:
    right: int = 0
    wrong: int = 0
    unplaced: int = 0

    def take(self, at: Anchored, truth: tuple[Spot, Spot] | None, new: FoldedPages) -> None:
        if not isinstance(at.anchor, TextAnchor):
            self.unplaced += truth is not None
            self.right += truth is None
            return
        low, high = new.position(at.anchor.start), new.position(at.anchor.end)
        begin, end = (new.position(each) for each in truth) if truth else (0, 0)
        shared = max(0, min(high, end) - max(low, begin))
        right = 2 * shared >= max(high - low, end - begin) > 0
        self.right += right
        self.wrong += not right

    def line(self) -> str:
        total = self.right + self.wrong + self.unplaced
        parts = (self.right, self.wrong, self.unplaced)
        return "".join(f"{100 * each / total:9.1f} %" for each in parts)


def _found_again() -> None:
    _say(f"{'':60}{'rightly':>11}{'wrongly':>11}{'unplaced':>11}")
    for share, dropped in ((0.1, 0.0), (0.2, 0.0), (0.1, 0.2)):
        for name in ("udhr_eng", "udhr_vie", "udhr_urd"):
            rng = random.Random(7)
            old = _sentences((_PAPERS / f"{name}.txt").read_text(encoding="utf-8"))
            score = _Score()
            for _ in range(_ROUNDS):
                _round(old, _edited(old, share, dropped, rng), score)
            what = f"{share:.0%} of words edited"
            if dropped:
                what += f", {dropped:.0%} of paragraphs gone"
            _say(f"{name}: {what:50}{score.line()}")


def _round(old: Sentences, new: Sentences, score: _Score) -> None:
    old_pages, old_places = _paged(old, _OLD_PAGE)
    new_pages, new_places = _paged(new, _NEW_PAGE)
    anchors = {number: text_anchor(old_pages, *ends) for number, ends in old_places.items()}
    known = {number: anchor for number, anchor in anchors.items() if anchor is not None}
    folded = FoldedPages(new_pages)
    placed = place_again(list(known.values()), folded, FoldedPages(old_pages))
    for number, at in zip(known, placed, strict=True):
        score.take(at, new_places.get(number), folded)


def _speed() -> None:
    rng = random.Random(3)
    for name in ("udhr_eng", "udhr_vie", "udhr_urd"):
        words = (_PAPERS / f"{name}.txt").read_text(encoding="utf-8").split()
        pages = [
            "\n".join(" ".join(rng.choices(words, k=12)) for _ in range(35)) for _ in range(_PAGES)
        ]
        new = ["A new page.", *(_edit(page, 0.1, words, rng) for page in pages)]
        anchors: list[TextAnchor] = []
        while len(anchors) < _NOTES:
            page = rng.randint(1, _PAGES)
            start = rng.randrange(len(pages[page - 1]) - 200)
            end = start + rng.randint(40, 180)
            if made := text_anchor(pages, Spot(page, start), Spot(page, end)):
                anchors.append(made)
        begun = time.process_time()
        placed = place_again(anchors, FoldedPages(new), FoldedPages(pages))
        took = time.process_time() - begun
        fits = Counter(each.fit for each in placed)
        told = ", ".join(f"{fits[fit]} {fit.value}" for fit in Fit if fits[fit])
        _say(
            f"{name}: {_NOTES} notes on {_PAGES} pages in {took:4.2f} s of one core "
            f"(at most 1 s); {told}"
        )


def main() -> None:
    """Run both and print tables."""
    if not _PAPERS.is_dir():
        _say("the developers' papers are not beside this checkout")
        return
    _found_again()
    _speed()


if __name__ == "__main__":
    main()
