"""One small board of trustees for all tests, made once."""

from functools import cache

from congress.voting.crypto.ceremony import Ceremony, TrusteeShare
from congress.voting.crypto.rehearsal import hold

NAMES = ("An", "Bình", "Chi")


@cache
def board() -> tuple[Ceremony, tuple[TrusteeShare, ...]]:
    """Return a board of three of whom two decrypt, and their shares."""
    return hold(NAMES, 2)
