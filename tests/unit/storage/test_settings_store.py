from dataclasses import fields
from datetime import date
from fractions import Fraction

import pytest

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance
from congress.kernel.settings import QuorumBase, QuorumRule, Settings
from congress.storage import settings_store
from tests.helpers.vaults import actor, memory_database

_PLAIN = Settings("Congress")
_DECIDED = Settings(
    "Đại hội lần thứ nhất",
    language="vi",
    starts=date(2026, 3, 14),
    ends=date(2026, 3, 16),
    place="Huế",
    rule_pack="roberts-rules",
    quorum=QuorumRule(
        Fraction(3, 5), strict=True, base=QuorumBase.REGISTERED, by_section=Fraction(1, 3)
    ),
    keep_photos=True,
    face_backend="face_recognition",
    motto=True,
    copying=frozenset({Clearance.PUBLIC, Clearance.SECRET}),
    printing=frozenset(),
    keep_faces_days=7,
)


def test_every_field_has_another_value_in_this_test() -> None:
    """So that a field that is added and not stored makes the next test fail."""
    assert settings_store.changed(_PLAIN, _DECIDED) == [each.name for each in fields(Settings)]


@pytest.mark.parametrize("settings", [_PLAIN, _DECIDED])
def test_settings_are_stored_whole(settings: Settings) -> None:
    database = memory_database()
    for value in (_PLAIN, settings):
        with database.unit_of_work(actor()) as uow:
            settings_store.save(uow.connection, value)
            uow.commit()
    with database.reading() as connection:
        assert settings_store.load(connection) == settings


def test_settings_are_a_canonical_value() -> None:
    value = settings_store.to_json(_DECIDED)
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Settings(""), "settings.no_name"),
        (Settings("\t"), "settings.no_name"),
        (
            Settings("C", starts=date(2026, 3, 15), ends=date(2026, 3, 14)),
            "settings.dates",
        ),
        (Settings("C", quorum=QuorumRule(Fraction(0))), "settings.quorum"),
        (Settings("C", quorum=QuorumRule(Fraction(5, 4))), "settings.quorum"),
    ],
)
def test_what_no_congress_can_decide_is_refused(settings: Settings, code: str) -> None:
    with pytest.raises(InputError) as caught:
        settings_store.check(settings)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "settings",
    [
        _DECIDED,
        Settings("C", starts=date(2026, 3, 14), ends=date(2026, 3, 14)),
        Settings("C", ends=date(2026, 3, 14)),
        Settings("C", quorum=QuorumRule(Fraction(1))),
    ],
)
def test_what_a_congress_can_decide_is_taken(settings: Settings) -> None:
    settings_store.check(settings)


def test_settings_of_before_there_were_policies_are_read() -> None:
    written = dict(settings_store.to_json(_DECIDED))
    del written["copying"], written["printing"]
    read = settings_store.from_json(written)
    assert read.copying == read.printing == {Clearance.PUBLIC, Clearance.DELEGATES}
