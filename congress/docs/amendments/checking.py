"""What is typed into an amendment: tidied, or refused."""

from dataclasses import replace

from congress.docs.amendments.model import (
    MOST_NAME,
    MOST_SECONDERS,
    MOST_WORDS,
    Decision,
    Kind,
    Proposal,
    State,
)
from congress.kernel.errors import InputError
from congress.kernel.text import text_fault, tidy


def checked_proposal(proposal: Proposal, paragraph: str) -> Proposal:
    """Return a proposal as it is kept.

    Args:
        proposal: As it was typed.
        paragraph: The words it is about.

    Raises:
        InputError: ``amendments.no_mover``, ``amendments.no_text``, ``amendments.same_text``,
            ``amendments.too_long`` or ``amendments.bad_text``.
    """
    text = "" if proposal.kind is Kind.DELETE else _words(proposal.text)
    if not text and proposal.kind is not Kind.DELETE:
        raise InputError("amendments.no_text")
    if proposal.kind is Kind.REPLACE and text.split() == paragraph.split():
        raise InputError("amendments.same_text")
    seconders = tuple(filter(None, map(_line, proposal.seconders)))[:MOST_SECONDERS]
    mover = _line(proposal.mover)
    if not mover:
        raise InputError("amendments.no_mover")
    return Proposal(mover, proposal.kind, text, _words(proposal.reason), seconders)


def checked_decision(decision: Decision) -> Decision:
    """Return a decision as it is kept.

    Raises:
        InputError: ``amendments.too_long`` or ``amendments.bad_text``.
    """
    into = decision.into if decision.state is State.MERGED else None
    return replace(decision, poll=_line(decision.poll), note=_words(decision.note), into=into)


def _line(text: str) -> str:
    _refuse_bad(text)
    return tidy(text)[:MOST_NAME]


def _words(text: str) -> str:
    _refuse_bad(text)
    lines = [tidy(line) for line in text.splitlines()]
    kept = "\n".join(filter(None, lines))
    if len(kept) > MOST_WORDS:
        raise InputError("amendments.too_long", most=MOST_WORDS)
    return kept


def _refuse_bad(text: str) -> None:
    if text_fault(text) is not None:
        raise InputError("amendments.bad_text")
