"""What a sign-in does about faces: their time may be over, or an erasure cut short."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from congress.app import OpenCongress, create_congress, open_congress
from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.rollcall.backends import Backends, Loaded
from congress.rollcall.faceprivacy import FacePrivacy
from congress.rollcall.photos import Photo
from tests.helpers.faces import fake_backend, picture_of, png, unit
from tests.helpers.vaults import CHEAP, PASSPHRASE

SETTINGS = Settings("Boats", starts=date(2026, 3, 14), ends=date(2026, 3, 16), keep_faces_days=30)
BEFORE, AFTER = datetime(2026, 4, 14, tzinfo=UTC), datetime(2026, 4, 17, tzinfo=UTC)
Opening = Callable[..., OpenCongress]


@pytest.fixture
def opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opening:
    """Return how a congress with one enrolled face is opened at a time."""
    monkeypatch.setattr(Backends, "load", lambda _, name: Loaded(fake_backend({1: unit(1)})))
    vault = tmp_path / "vault"
    clock = ManualClock(datetime(2026, 3, 14, tzinfo=UTC))
    with create_congress(vault, SETTINGS, PASSPHRASE, kdf=CHEAP, clock=clock) as congress:
        congress.people.add(Person(PersonId(new_id()), "A1", "Ann", "North"))
        data = png(picture_of((1, 100, 60, 120)))
        photo = Photo("A1.png", ("A1",), partial(bytes, data), len(data))
        congress.enrolment.enrol_photos([photo])
        congress.vault.add_member("dele", Role.DELEGATE, PASSPHRASE)
        congress.vault.add_member("orga", Role.ORGANISER, PASSPHRASE)

    def opened(at: datetime, name: str = "secretariat") -> OpenCongress:
        return open_congress(vault, PASSPHRASE, name=name, clock=ManualClock(at))

    return opened


def enrolled(congress: OpenCongress) -> int:
    return len(congress.enrolment.status().persons)


def test_faces_stay_until_their_time_is_over(opening: Opening) -> None:
    with opening(BEFORE) as congress:
        assert congress.forgotten is None
        assert enrolled(congress) == 1


@pytest.mark.parametrize("name", ["secretariat", "orga"])
def test_the_first_sign_in_afterwards_erases_them_and_keeps_the_certificate(
    opening: Opening, name: str
) -> None:
    with opening(AFTER, name) as congress:
        assert congress.forgotten is not None
        assert congress.forgotten.valid
        assert len(congress.forgotten.persons) == 1
        assert enrolled(congress) == 0
    with opening(AFTER) as congress:
        assert congress.forgotten is None
        assert len(congress.privacy.certificates()) == 1


def test_who_may_not_erase_is_let_in_and_leaves_them(opening: Opening) -> None:
    with opening(AFTER, "dele") as congress:
        assert congress.forgotten is None
        assert enrolled(congress) == 1


def test_an_erasure_that_was_cut_short_is_finished(opening: Opening) -> None:
    with opening(BEFORE) as congress:
        keys = congress.privacy._keys
        keys.renew()
        assert len(keys.all()) == 2
    with opening(BEFORE) as congress:
        assert len(congress.privacy._keys.all()) == 1
        assert len(congress.enrolment.gallery().persons) == 1


@pytest.mark.parametrize(
    "error", [EnvironmentFault("disk.full"), InputError("faces.keys_damaged", file="faces.key")]
)
def test_what_stands_in_the_way_keeps_nobody_out(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(_: FacePrivacy) -> None:
        raise error

    monkeypatch.setattr(FacePrivacy, "mend", refuse)
    with opening(AFTER) as congress:
        assert congress.forgotten is None
        assert enrolled(congress) == 1


def enrol_anew(congress: OpenCongress) -> PersonId:
    """Enrol the face again, and return whose it is."""
    data = png(picture_of((1, 100, 60, 120)))
    congress.enrolment.enrol_photos([Photo("A1.png", ("A1",), partial(bytes, data), len(data))])
    (person,) = congress.people.everyone()
    return person.id


def test_portraits_are_kept_from_the_choice_on_and_gone_with_its_end(opening: Opening) -> None:
    with opening(BEFORE) as congress:
        who = enrol_anew(congress)
        assert congress.portraits.of([who]) == {}
        keeping = replace(congress.settings, keep_photos=True)
        congress.save_settings(keeping)
        enrol_anew(congress)
        assert set(congress.portraits.of([who])) == {who}
    with opening(BEFORE, "orga") as congress:
        assert set(congress.portraits.of([who])) == {who}
    with opening(BEFORE) as congress:
        congress.save_settings(replace(congress.settings, keep_photos=False))
        congress.save_settings(keeping)
        assert congress.portraits.of([who]) == {}
        assert enrolled(congress) == 1


def test_portraits_that_an_end_of_the_choice_left_go_at_the_next_sign_in(opening: Opening) -> None:
    with opening(BEFORE) as congress:
        keeping = replace(congress.settings, keep_photos=True)
        congress.save_settings(keeping)
        who = enrol_anew(congress)
        congress.vault.save_settings(SETTINGS)
    with opening(BEFORE, "orga") as congress:
        assert enrolled(congress) == 1
    with opening(BEFORE) as congress:
        congress.save_settings(keeping)
        assert congress.portraits.of([who]) == {}
