"""Searches the files of all shelves a member holds, and ranks what they answer together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache

from congress.docs import finding_store
from congress.docs.expressions import (
    Tier,
    seam_expression,
    squeezed_expression,
    words_expression,
)
from congress.docs.filters import EVERYTHING, SearchFilter
from congress.docs.finding_store import FoundPage
from congress.docs.model import Hit
from congress.docs.respacing import Lexicon, respaced
from congress.docs.seams import seam
from congress.docs.search import (
    LEAST_RUN,
    Match,
    Query,
    found_in,
    found_whole,
    matches,
    parse,
    words_of,
)
from congress.docs.snippets import Snippet, snippet
from congress.i18n.catalogue import entries
from congress.kernel.folding import fold
from congress.kernel.ids import PaperId
from congress.kernel.roles import Shelf
from congress.storage.database import Database

_EXACT = 0.5
"""What a page gains that has the query with its very marks."""

_ABOUT = " · "
"""Stands between the number of a paper and the item of its agenda."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A page that answers, before it is looked at."""

    row: int
    tier: Tier
    rank: float
    seam: bool = False

    @property
    def score(self) -> float:
        return self.tier + _EXACT * self.rank / (1 + self.rank)


@dataclass(frozen=True, slots=True)
class _View:
    """One file during one search."""

    shelf: Shelf
    index: finding_store.IndexReader

    def answers(self, query: Query, tier: Tier, limit: int) -> Iterator[_Candidate]:
        words, runs = words_expression(query, tier), squeezed_expression(query, tier)
        if tier is Tier.TITLE:
            yield from self._ranked("title_words", words, tier, max(1, limit // 2))
            return
        found = list(self._ranked("page_words", words, tier, limit))
        yield from found
        yield from self._ranked("page_squeezed", runs, tier, limit)
        if tier is Tier.PHRASE and len(found) < limit:
            yield from self._ranked("seam_words", seam_expression(query), tier, limit)

    def _ranked(
        self, table: str, match: str | None, tier: Tier, limit: int
    ) -> Iterator[_Candidate]:
        if match:
            crossing = table in ("seam_words", "page_squeezed")
            for row, rank in self.index.ranked(table, match, limit):
                yield _Candidate(row, tier, 0.0 if table == "seam_words" else rank, crossing)


class Finder:
    """Searches the files of the shelves that a member holds."""

    def __init__(self, papers: Mapping[Shelf, Database]) -> None:
        """Search ``papers``."""
        self._papers = papers
        self._lexicon: tuple[object, Lexicon] = (None, Lexicon.of({}))

    def find(self, typed: str, limit: int, wanted: SearchFilter = EVERYTHING) -> tuple[Hit, ...]:
        """Return the best ``limit`` pages for what was typed, from all files, best first."""
        query = parse(typed)
        if not query.groups:
            return ()
        # Pages with the very marks may climb, so more of them are looked at.
        at_once = 2 * limit if query.marked else limit
        hits: dict[tuple[PaperId, int], Hit] = {}
        with ExitStack() as stack:
            views = list(self._views(stack, wanted))
            best = sorted(_best(views, query, at_once), key=lambda each: -each[1].score)
            at_once += sum(each.seam for _, each in best)
            for begin in range(0, len(best), at_once):
                # A paper on its way to a stricter shelf stands on both: that of the latter counts.
                for hit in self._hits(views, query, best[begin : begin + at_once]):
                    hits[hit.paper, hit.page] = hit
                if len(hits) >= limit:
                    break
        found = sorted(hits.values(), key=lambda hit: (-hit.score, hit.title, hit.page))
        return tuple(found[:limit])

    def count(self, typed: str, wanted: SearchFilter = EVERYTHING) -> Counter[PaperId]:
        """Return how many pages of each paper have all words that were typed."""
        query = parse(typed)
        counts: Counter[PaperId] = Counter()
        tier = Tier.PHRASE if query.quoted or len(query.words) == 1 else Tier.ALL
        if match := words_expression(query, tier):
            with ExitStack() as stack:
                for view in self._views(stack, wanted):
                    counts.update(view.index.count_by_paper(match))
        return counts

    def parted(self, text: str) -> str:
        """Return a text whose spaces cannot be trusted with its words parted by known words."""
        with ExitStack() as stack:
            lexicon = self._known_words(list(self._views(stack, EVERYTHING)))
        return respaced(text, lexicon)[0]

    def _views(self, stack: ExitStack, wanted: SearchFilter) -> Iterator[_View]:
        for shelf, database in self._papers.items():
            if wanted.takes(shelf):
                connection = stack.enter_context(database.reading())
                index = finding_store.IndexReader(database, connection, wanted)
                if index.newest:
                    yield _View(shelf, index)

    def _hits(
        self, views: Sequence[_View], query: Query, best: Sequence[tuple[Shelf, _Candidate]]
    ) -> Iterator[Hit]:
        for view in views:
            chosen = {each.row: each for shelf, each in best if shelf == view.shelf}
            if not chosen:
                continue
            pages = view.index.pages_at(list(chosen))
            seams = [row for row, each in chosen.items() if each.seam]
            after = view.index.pages_after(seams) if seams else {}
            for row, page in pages.items():
                if found := _shown(query, chosen[row], page, after.get(row, "")):
                    score, shown = found
                    if not page.spaced:
                        shown = self._respaced(views, shown)
                    yield _hit(view.shelf, query, page, score, shown)

    def _respaced(self, views: Sequence[_View], shown: Snippet) -> Snippet:
        lexicon = self._known_words(views)
        text, highlights = respaced(shown.text, lexicon, shown.highlights)
        return Snippet(text, highlights, shown.exact)

    def _known_words(self, views: Sequence[_View]) -> Lexicon:
        """Return the words by which others are parted: read again when pages came in."""
        newest = tuple((view.shelf, view.index.newest) for view in views)
        known, lexicon = self._lexicon
        if known != newest:
            counts = _catalogue_words().copy()
            for view in views:
                counts.update(view.index.arabic_terms())
            lexicon = Lexicon.of(counts)
            self._lexicon = newest, lexicon
        return lexicon


def _best(views: Sequence[_View], query: Query, limit: int) -> list[tuple[Shelf, _Candidate]]:
    best: dict[tuple[Shelf, int], _Candidate] = {}
    for tier in reversed(Tier):
        if len(best) >= limit or (best and tier is Tier.ANY):
            break
        for view in views:
            for found in view.answers(query, tier, limit):
                best.setdefault((view.shelf, found.row), found)
    return [(shelf, found) for (shelf, _), found in best.items()]


def _shown(
    query: Query, candidate: _Candidate, page: FoundPage, after: str
) -> tuple[float, Snippet] | None:
    """Return the score of a page and what is shown of it; ``None`` if it does not answer.

    What the index found at the seam of two pages may stand on the second alone.
    """
    if not candidate.seam:
        return candidate.score, snippet(query, page.text)
    found = found_whole(query, page.text)
    if _is_whole(query, found, page):
        return candidate.score, snippet(query, page.text, found)
    if candidate.tier is Tier.PHRASE:
        joined = seam(page.text, after)
        across = found_whole(query, joined.text)
        crosses = any(each.start < joined.at < each.end for each in across)
        if crosses and _is_whole(query, across, page):
            return candidate.score, snippet(query, joined.text, across)
    found = found_in(query, page.text)
    if candidate.tier is not Tier.PHRASE:
        return (candidate.score, snippet(query, page.text, found)) if found else None
    words = {each.group for each in found}
    if query.quoted or len(words) < len(query.words):
        return None
    return float(Tier.ALL), snippet(query, page.text, found)


def _is_whole(query: Query, found: Sequence[Match], page: FoundPage) -> bool:
    """Return whether every phrase is there; on some pages short ones cannot be looked for."""
    groups = query.groups if query.quoted else (query.words,)
    there = {each.group for each in found}
    return bool(found) and all(
        number in there or not (page.spaced or len("".join(group)) >= LEAST_RUN)
        for number, group in enumerate(groups)
    )


def _hit(shelf: Shelf, query: Query, page: FoundPage, score: float, shown: Snippet) -> Hit:
    # The index holds what stands about a paper with its first page.
    told = (page.label, page.agenda) if page.number == 1 else ()
    about = _ABOUT.join(text for text in told if matches(query, text))
    return Hit(
        paper=page.paper,
        title=page.title,
        file=page.file,
        page=page.number,
        snippet=shown.text,
        highlights=shown.highlights,
        score=score + (_EXACT if shown.exact else 0.0),
        clearance=shelf.clearance,
        group=shelf.group,
        title_highlights=matches(query, page.title),
        about=about,
        about_highlights=matches(query, about),
    )


@cache
def _catalogue_words() -> Counter[str]:
    """Return how often each Urdu word occurs in the texts of this program itself."""
    counts: Counter[str] = Counter()
    for texts in entries().values():
        forms = texts["ur"]
        for form in [forms] if isinstance(forms, str) else forms.values():
            counts.update(words_of(fold(form)))
    return counts
