import pytest

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import InputError
from congress.voting.trustees.invitation import invite, read_invitation
from tests.helpers.ceremonies import NAMES, names


@pytest.mark.parametrize(("count", "needed"), [(3, 2), (4, 3), (5, 3), (8, 5), (15, 8)])
def test_more_than_half_are_needed_unless_decided_otherwise(count: int, needed: int) -> None:
    assert invite("Congress", names(count)).threshold == needed


@pytest.mark.parametrize(
    ("given", "threshold", "code"),
    [
        (names(2), None, "too_few"),
        (names(16), None, "too_many"),
        (("A", "B", "  "), None, "no_name"),
        (("A", "B", "\u200b"), None, "no_name"),
        (("A", "B", " a "), None, "same_name"),
        (("Lan", "Lân", "B"), 1, "bad_threshold"),
        (names(3), 4, "bad_threshold"),
    ],
)
def test_what_no_board_can_be_is_refused(
    given: tuple[str, ...], threshold: int | None, code: str
) -> None:
    with pytest.raises(InputError, match=f"trustees.{code}"):
        invite("Congress", given, threshold)


def test_the_file_gives_back_the_invitation() -> None:
    invitation = invite("Đại hội", NAMES)
    assert read_invitation(invitation.to_bytes()) == invitation


@pytest.mark.parametrize(
    ("field", "value"),
    [("threshold", True), ("threshold", "2"), ("id", "../x"), ("names", "ABC"), ("extra", 1)],
)
def test_a_bent_file_is_refused(field: str, value: object) -> None:
    given = decode(invite("Congress", names(3)).to_bytes())
    assert isinstance(given, dict)
    with pytest.raises(InputError, match=r"trustees\.bad_invitation"):
        read_invitation(encode({**given, field: value}))
