"""What is selected: two places in the stored text, moved by letters, words or paragraphs. Pure."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from congress.docs.textspans import line_at, next_word, paragraph_at, previous_word, word_at
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.textplaces import clamped


class Grain(Enum):
    """How much is selected at once."""

    LETTER = auto()
    WORD = auto()
    LINE = auto()
    PARAGRAPH = auto()


Span = tuple[Place, Place]


class Selecting:
    """A caret, and an anchor from which text is selected up to it."""

    def __init__(self, changed: Callable[[], object]) -> None:
        """Begin without a paper; ``changed`` is called after every change."""
        self._changed = changed
        self._grain = Grain.LETTER
        self._base: Span | None = None
        self.texts: Sequence[str] = ()
        self.anchor: Place | None = None
        self.caret: Place | None = None
        self.browsing = False
        """Whether the caret is shown and moved by the arrow keys."""

    def clear(self, texts: Sequence[str] | None = None) -> None:
        """Select nothing; with ``texts``, in another paper."""
        if texts is not None:
            self.texts = texts
            self.caret, self.browsing = None, False
        self._base = None
        self.anchor = self.caret if self.browsing else None
        self._changed()

    @property
    def span(self) -> Span | None:
        """The two ends of what is selected, in order, or ``None``."""
        if self.anchor is None or self.caret is None or self.anchor == self.caret:
            return None
        first, last = sorted((self.anchor, self.caret))
        return first, last

    def begin(self, place: Place, grain: Grain = Grain.LETTER) -> None:
        """Begin at a place, with all that ``grain`` says lies around it."""
        self._grain, self._base = grain, self._around(place, grain)
        self.anchor, self.caret = self._base
        self._changed()

    def extend(self, place: Place) -> None:
        """Select up to a place, by the grain it was begun with."""
        if self.anchor is None or self._base is None:
            self.anchor = self.anchor or self.caret or place
            self._base = (self.anchor, self.anchor)
            self._grain = Grain.LETTER
        start, end = self._around(place, self._grain)
        if place >= self._base[0]:
            self.anchor, self.caret = self._base[0], max(end, self._base[1])
        else:
            self.anchor, self.caret = self._base[1], start
        self._changed()

    def select(self, start: Place, end: Place) -> None:
        """Select what lies between two places."""
        self._base, self._grain = (start, start), Grain.LETTER
        self.anchor, self.caret = start, end
        self._changed()

    def move(self, place: Place, *, selecting: bool) -> None:
        """Move the caret to a place; what was selected stays so only while ``selecting``."""
        place = clamped(self.texts, place)
        self._base, self._grain = None, Grain.LETTER
        if not selecting:
            self.anchor = place
        elif self.anchor is None:
            self.anchor = self.caret or place
        self.caret = place
        self._changed()

    def _around(self, place: Place, grain: Grain) -> Span:
        finders = {Grain.WORD: word_at, Grain.LINE: line_at, Grain.PARAGRAPH: paragraph_at}
        if grain not in finders or not 1 <= place.page <= len(self.texts):
            return place, place
        start, end = finders[grain](self.texts[place.page - 1], place.offset)
        return Place(place.page, start), Place(place.page, end)

    # Where the caret may go

    def letters_on(self, place: Place, step: int) -> Place:
        """Return the place one letter further or back, over the ends of pages."""
        offset = place.offset + step
        text = self._text(place.page)
        if offset < 0 and place.page > 1:
            return Place(place.page - 1, len(self._text(place.page - 1)))
        if offset > len(text) and place.page < len(self.texts):
            return Place(place.page + 1, 0)
        return clamped(self.texts, Place(place.page, offset))

    def words_on(self, place: Place, step: int) -> Place:
        """Return where the next word begins, or the one before."""
        text = self._text(place.page)
        if step > 0:
            if place.offset >= len(text) and place.page < len(self.texts):
                return Place(place.page + 1, 0)
            return Place(place.page, next_word(text, place.offset))
        if place.offset == 0 and place.page > 1:
            return Place(place.page - 1, len(self._text(place.page - 1)))
        return Place(place.page, previous_word(text, place.offset))

    def line_end(self, place: Place, step: int) -> Place:
        """Return the beginning or the end of the stored line around a place."""
        start, end = line_at(self._text(place.page), place.offset)
        return Place(place.page, end if step > 0 else start)

    def _text(self, page: int) -> str:
        return self.texts[page - 1] if 1 <= page <= len(self.texts) else ""
