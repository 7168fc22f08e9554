import pytest

from congress.docs.datakeys import new_data_key, unwrap, wrap
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance, Shelf

KEY = b"c" * 32
PLACE = (PaperId("p" * 26), VersionId("v" * 26), Shelf(Clearance.SECRET))


def test_a_wrapped_key_opens_in_its_place() -> None:
    data_key = new_data_key()
    wrapped = wrap(KEY, data_key, *PLACE)
    assert data_key not in wrapped
    assert unwrap(KEY, wrapped, *PLACE) == data_key


def test_two_data_keys_differ() -> None:
    assert new_data_key() != new_data_key()


@pytest.mark.parametrize(
    "place",
    [
        (PaperId("q" * 26), VersionId("v" * 26), Shelf(Clearance.SECRET)),
        (PaperId("p" * 26), VersionId("w" * 26), Shelf(Clearance.SECRET)),
        (PaperId("p" * 26), VersionId("v" * 26), Shelf(Clearance.PUBLIC)),
    ],
)
def test_it_opens_nowhere_else(place: tuple[PaperId, VersionId, Shelf]) -> None:
    wrapped = wrap(KEY, new_data_key(), *PLACE)
    with pytest.raises(InputError, match=r"docs\.blob_damaged") as caught:
        unwrap(KEY, wrapped, *place, "The title")
    assert caught.value.params == {"title": "The title"}


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(60)])
def test_a_changed_wrapping_is_refused(wrapped: bytes) -> None:
    with pytest.raises(InputError, match=r"docs\.blob_damaged"):
        unwrap(KEY, wrapped, *PLACE)


def test_another_shelf_key_does_not_open_it() -> None:
    wrapped = wrap(KEY, new_data_key(), *PLACE)
    with pytest.raises(InputError):
        unwrap(b"d" * 32, wrapped, *PLACE)
