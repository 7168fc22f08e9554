"""Rule packs that are refused."""

from collections.abc import Mapping

import pytest

from congress.kernel.errors import InputError
from congress.voting.rules.packs import read


def altered(text: str, before: str, after: str) -> str:
    """Return a pack with one thing in it changed."""
    assert before in text
    return text.replace(before, after, 1)


def refused(text: str, code: str = "voting.bad_pack") -> Mapping[str, object]:
    """Read a pack that must be refused; return what is said about the place."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == code
    return caught.value.params
