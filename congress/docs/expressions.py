"""How a query is put to the full-text index: expressions of SQLite's FTS5. Pure.

A query without quotation marks is tried as a phrase, then as words that stand near each other,
then as words that all stand on one page, and only if nothing answers that, as words of which any
may stand there. Titles come before all of them.
"""

from enum import IntEnum

from congress.docs.search import LEAST_RUN, Query

_NEAR = 10
"""Most words between two that stand near each other."""


class Tier(IntEnum):
    """How well a page answers: the better the higher."""

    ANY = 0
    ALL = 1
    NEAR = 2
    PHRASE = 3
    TITLE = 4


def words_expression(query: Query, tier: Tier) -> str | None:
    """Return the expression over an index of words, or ``None`` if there is none to try."""
    if not query.groups:
        return None
    star = " *" if query.unfinished else ""
    phrases = [f'"{" ".join(group)}"' for group in query.groups]
    match tier:
        case Tier.TITLE:
            return " AND ".join(phrases) + star
        case Tier.PHRASE if query.quoted:
            return " AND ".join(phrases) + star
        case Tier.PHRASE:
            return f'"{" ".join(query.words)}"{star}'
        case _ if query.quoted or len(phrases) == 1:
            return None
        case Tier.NEAR:
            return f"NEAR({' '.join(phrases)}{star}, {_NEAR})"
        case Tier.ALL:
            return " AND ".join(phrases) + star
        case Tier.ANY:
            return " OR ".join(phrases) + star


def seam_expression(query: Query) -> str | None:
    """Return the expression over the seams of pages, or ``None`` if nothing can go over one.

    Of several phrases in quotation marks any may go over the seam; whether the others stand on
    the page is for the caller to see.
    """
    star = " *" if query.unfinished else ""
    groups = query.groups if query.quoted else (query.words,)
    phrases = [f'"{" ".join(group)}"' for group in groups if len(group) > 1]
    if not phrases:
        return None
    return " OR ".join(phrases) + (star if len(groups[-1]) > 1 else "")


def squeezed_expression(query: Query, tier: Tier) -> str | None:
    """Return the expression over the index without spaces, or ``None`` if there is none."""
    if not query.arabic or tier in (Tier.TITLE, Tier.NEAR):
        return None
    if query.quoted or tier is not Tier.PHRASE:
        pieces = ["".join(group) for group in query.groups]
    else:
        pieces = ["".join(query.words)]
    pieces = [piece for piece in pieces if len(piece) >= LEAST_RUN]
    if not pieces or (query.quoted and tier is not Tier.PHRASE):
        return None
    joined = " OR " if tier is Tier.ANY else " AND "
    return joined.join(f'"{piece}"' for piece in pieces)
