"""Comparisons: applied they give the new text, turned around they fit, empty they mean the same."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from congress.docs.changes.applying import applied, inverse
from congress.docs.changes.compare import compare
from congress.docs.changes.model import BlockKind, Comparison, Edition, RunKind
from congress.docs.changes.stream import stream
from congress.docs.changes.tokens import Cutting, tokens
from congress.docs.model import PageText

_WORDS = st.sampled_from(
    [
        *("the", "congress", "shall", "meet", "every", "5", "years", "1,500", "members", "party"),
        *("Đại", "hội", "bán", "ban", "bàn", "quyết", "nghị", "15%", "Điều", "well-known"),
        *("کانگریس", "كانگریس", "ہے", "هے", "بے‌کار", "بےکار", "۱۵", "قرارداد", "اقوامِ"),
        *(".", ";", "،", "۔", "(", ")", "—", "…", "......", "ﬁne", "10²", "\u200b", "a"),
    ]
)
_LINES = st.lists(_WORDS, max_size=12).map(" ".join)
_TEXTS = st.lists(_LINES, max_size=8).map("\n".join)


def _pages(texts: list[str], *, spaced: bool = True) -> list[PageText]:
    return [PageText(text, spaced) for text in texts]


@st.composite
def _editions(draw: st.DrawFn) -> Edition:
    spaced = draw(st.sampled_from([True, True, False]))
    texts = draw(st.lists(st.one_of(_TEXTS, st.text(max_size=40)), min_size=1, max_size=3))
    return Edition(_pages(texts, spaced=spaced), fixed=draw(st.booleans()))


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Edition, Edition]:
    """Two versions of one text: lines taken out, put in, changed and moved."""
    lines = draw(st.lists(_LINES, min_size=1, max_size=14))
    after = list(lines)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(after)))
        what = draw(st.sampled_from(["in", "out", "change", "move"]))
        if what == "in":
            after.insert(at, draw(_LINES))
        elif after:
            line = after.pop(min(at, len(after) - 1))
            if what == "change":
                words = line.split()
                words.insert(draw(st.integers(0, len(words))), draw(_WORDS))
                after.insert(at, " ".join(words))
            elif what == "move":
                after.insert(draw(st.integers(0, len(after))), line)
    fixed = draw(st.booleans())
    return Edition(_pages(["\n".join(lines)]), fixed), Edition(_pages(["\n".join(after)]), fixed)


def _keys(edition: Edition, cutting: Cutting) -> list[str]:
    return [token.key for token in tokens(stream(edition).text, cutting)]


def _check(old: Edition, new: Edition) -> Comparison:
    found = compare(old, new)
    before, after = stream(old).text, stream(new).text
    assert applied(found, before) == after
    assert applied(inverse(found), after) == before
    assert "".join(block.old.text for block in found.blocks if block.old) == before
    assert "".join(block.new.text for block in found.blocks if block.new) == after
    assert compare(new, old) == inverse(found)
    assert inverse(inverse(found)) == found
    return found


@given(_editions(), _editions())
def test_any_two_texts_are_compared_exactly(old: Edition, new: Edition) -> None:
    found = _check(old, new)
    spaced = all(page.spaced for each in (old, new) for page in each.pages)
    cutting = Cutting.LINES if old.fixed or new.fixed else Cutting.WORDS
    cutting = cutting if spaced else Cutting.LETTERS
    assert found.same == (_keys(old, cutting) == _keys(new, cutting))


@given(_pairs())
def test_versions_of_one_text_are_compared_exactly(pair: tuple[Edition, Edition]) -> None:
    found = _check(*pair)
    for block in found.blocks:
        words = [run for run in block.runs if run.kind is not RunKind.SAME]
        if block.kind is BlockKind.SAME:
            assert not words
        if block.kind is BlockKind.CHANGED:
            assert words


@given(_TEXTS, st.sampled_from(["NFC", "NFD"]))
def test_a_normal_form_is_no_change(text: str, form: str) -> None:
    other = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert compare(Edition(_pages([text]), False), Edition(_pages([other]), False)).same


@given(st.lists(_LINES, min_size=1, max_size=10), st.integers(12, 60), st.integers(1, 9))
def test_other_lines_and_pages_are_no_change(lines: list[str], width: int, height: int) -> None:
    """Set the same words in other lines and pages, with a running head and a page number."""
    letters = str.maketrans("0123456789", "abcdefghij")
    words = [
        f"{word}x{str(at).translate(letters)}" for at, word in enumerate(" ".join(lines).split())
    ]
    broken: list[str] = [""]
    for word in words:
        if len(broken[-1]) + len(word) > width:
            broken.append("")
        broken[-1] = f"{broken[-1]} {word}".strip()
    pages = ["\n".join(broken[at : at + height]) for at in range(0, len(broken), height)]
    dressed = [f"Congress paper 12\n{page}\n{no}" for no, page in enumerate(pages, start=1)]
    old = Edition(_pages([" ".join(words)]), fixed=True)
    new = Edition(_pages(dressed if len(pages) > 2 else pages), fixed=True)
    assert compare(old, new).same
