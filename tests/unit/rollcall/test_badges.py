import io
import re
from collections.abc import Callable

import cv2
import numpy as np
import pytest
import segno

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.roles import Role
from congress.rollcall import matching
from congress.rollcall.badges import PREFIX, Badges, typed_code
from congress.rollcall.camera import Frame
from congress.rollcall.faces import Image
from congress.rollcall.pipeline import Pipeline
from congress.rollcall.qr import badge_codes
from congress.storage.database import Database
from tests.helpers.faces import SCALE, SIZE, FewPeople, fake_backend, person
from tests.helpers.vaults import actor, memory_database

ANN, BEN = person("A1"), person("B2")
KEY = b"k" * 32


@pytest.fixture
def database() -> Database:
    return memory_database()


@pytest.fixture
def make(database: Database) -> Callable[..., Badges]:
    def badges(role: Role = Role.ORGANISER, key: bytes = KEY) -> Badges:
        return Badges(database, actor(role), FewPeople([ANN, BEN]), key)

    return badges


def picture(code: str, side: int, turn: float = 0.0) -> Image:
    """A grey frame of 1280 x 720 with a QR code of ``side`` pixels somewhere in it."""
    stream = io.BytesIO()
    segno.make(code, error="m", micro=False).save(stream, kind="png", scale=8, border=4)
    data = np.frombuffer(stream.getvalue(), np.uint8)
    whole = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    room = side + 80
    flat = np.full((room, room, 3), 255, np.uint8)
    flat[40 : 40 + side, 40 : 40 + side] = cv2.resize(
        whole, (side, side), interpolation=cv2.INTER_AREA
    )
    matrix = cv2.getRotationMatrix2D((room / 2, room / 2), turn, 1)
    paper = cv2.warpAffine(flat, matrix, (room, room), borderValue=(110, 110, 110))
    frame = np.full((720, 1280, 3), 110, np.uint8)
    frame[200 : 200 + room, 500 : 500 + room] = cv2.GaussianBlur(paper, (0, 0), 0.8)
    return frame


def test_codes_differ_by_person_key_and_issue(make: Callable[..., Badges]) -> None:
    codes = make().codes()
    assert set(codes) == {ANN.id, BEN.id}
    assert codes[ANN.id] != codes[BEN.id]
    assert codes == make().codes()
    assert codes[ANN.id] != make(key=b"o" * 32).codes()[ANN.id]
    assert re.fullmatch(rf"{PREFIX}[A-Z2-7]{{20}}", codes[ANN.id])


def test_a_lost_badge_is_void_once_another_is_issued(make: Callable[..., Badges]) -> None:
    badges = make()
    lost = badges.codes()[ANN.id]
    new = badges.issue_anew(ANN.id)
    assert badges.bearers() == {new: ANN.id, badges.codes()[BEN.id]: BEN.id}
    assert lost not in badges.bearers()
    assert badges.issue_anew(ANN.id) not in {lost, new}


def test_badges_are_for_those_at_the_door(make: Callable[..., Badges]) -> None:
    for role in (Role.DELEGATE, Role.COMMITTEE, Role.PROJECTOR):
        with pytest.raises(RefusedError, match=r"^role.not_allowed$"):
            make(role).codes()
        with pytest.raises(RefusedError, match=r"^role.not_allowed$"):
            make(role).issue_anew(ANN.id)
    with pytest.raises(InputError, match=r"^rollcall.unknown_person$"):
        make().issue_anew(PersonId("nobody"))


@pytest.mark.parametrize(("side", "turn"), [(80, 0.0), (120, 12.0), (200, 190.0)])
def test_a_badge_is_read_from_afar_and_turned(
    make: Callable[..., Badges], side: int, turn: float
) -> None:
    code = make().codes()[ANN.id]
    assert badge_codes(picture(code, side, turn)) == (code,)


def test_other_codes_are_passed_over() -> None:
    assert badge_codes(picture("https://example.org", 200)) == ()


def test_the_pipeline_tells_a_bearer_once_while_the_badge_is_held_up(
    make: Callable[..., Badges],
) -> None:
    badges = make()
    backend = fake_backend()
    pipeline = Pipeline(
        backend, matching.build({}, SCALE, SIZE), badges=badges.bearers(), every=10_000
    )
    shown = picture(badges.codes()[BEN.id], 120)
    empty = np.full_like(shown, 110)
    seen: list[PersonId] = []
    for number in range(180):
        image = empty if 60 <= number < 120 else shown
        seen += pipeline.process(Frame(image, number, number / 15)).bearers
    assert seen == [BEN.id, BEN.id]


def test_a_void_badge_tells_nothing(make: Callable[..., Badges]) -> None:
    badges = make()
    lost = picture(badges.codes()[BEN.id], 120)
    badges.issue_anew(BEN.id)
    pipeline = Pipeline(
        fake_backend(), matching.build({}, SCALE, SIZE), badges=badges.bearers(), every=10_000
    )
    assert pipeline.process(Frame(lost, 0, 0.0)).bearers == ()


@pytest.mark.parametrize("wrong", ["", "S01", "PCB1:", "PCB1:" + "A" * 19, "PCB1:" + "1" * 20])
def test_what_is_no_badge_is_no_code(wrong: str) -> None:
    assert typed_code(wrong) is None


def test_a_scanner_may_type_on_another_keyboard(make: Callable[..., Badges]) -> None:
    code = make().codes()[ANN.id]
    assert typed_code(code) == code
    for typed in (f" {code} ", code.lower(), code.replace(":", "Ö"), code.replace(":", "")):
        assert typed_code(typed) == code


def test_a_void_badge_in_view_is_told_of_once(make: Callable[..., Badges]) -> None:
    badges = make()
    code = badges.codes()[ANN.id]
    pipeline = Pipeline(fake_backend(), matching.build({}, SCALE, SIZE), badges=badges.bearers())
    frames = [Frame(picture(code, 160), at, at / 15) for at in range(12)]
    assert [who for view in pipeline.run(frames) for who in view.bearers] == [ANN.id]
    badges.issue_anew(ANN.id)
    pipeline.use_badges(badges.bearers())
    later = [Frame(picture(code, 160), at, 10 + at / 15) for at in range(12)]
    views = list(pipeline.run(later))
    assert sum(view.void_badges for view in views) == 1
    assert not any(view.bearers for view in views)
