"""Several doors at once, and what the operator is told of each."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.kernel.errors import EnvironmentFault
from congress.rollcall.model import Method, Status
from congress.rollcall.sight import Trouble, Turn
from congress.storage.schema import audit
from congress.ui import doorcamera
from congress.ui.doors.model import DoorState
from congress.ui.doors.watch import DoorWatch
from congress.ui.doors.windows import HallWindows
from congress.ui.pages.door_dialogs import DoorDialog
from congress.ui.pages.greeting import Greeting, Shown
from congress.ui.pages.hall_quorum import HallQuorum
from tests.helpers.faces import picture_of
from tests.ui.rollcall.conftest import ANN, BEN, Door, Film, walking


def second(door: Door, source: str = "side") -> DoorWatch:
    """Add a side door and watch it."""
    watch = door.doors.add("Side door", source)
    watch.start(paced=False)
    door.wait(lambda: watch.state is not DoorState.STARTS)
    return watch


def test_two_doors_register_at_once_each_under_its_name(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["film"].pictures, films["side"].pictures = walking(1), walking(2)
    door.doors.change(door.door, name="Main door")
    door.page.watch("film", paced=False)
    side = second(door)
    door.wait(lambda: not door.doors.watching)
    assert not side.running
    door.settle()
    doors = {badge: line.entries[0].door for badge, line in door.lines().items() if line.entries}
    assert doors == {"A1": "Main door", "B2": "Side door"}
    assert door.doors.arrivals.count == 2
    assert len(door.page.door.picture.strip.tiles) == 1


def test_somebody_seen_at_both_doors_is_in_once(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["film"].pictures = films["side"].pictures = walking(1)
    door.page.watch("film", paced=False)
    second(door)
    door.wait(lambda: not door.doors.watching)
    door.settle()
    assert len(door.lines()["A1"].entries) == 1
    assert door.doors.arrivals.count == 1
    assert door.around.toasts == []


def test_one_camera_lost_does_not_trouble_the_other(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["film"].waits = True
    films["side"].loses = films["side"].waits = True
    door.page.watch("film", paced=False)
    side = second(door)
    door.wait(lambda: side.state is DoorState.LOST)
    door.wait(lambda: door.door.state is DoorState.LIVE)
    picture = door.page.door.picture
    assert not picture.banner.isVisible()
    tile = picture.strip.tiles[side.door.number]
    assert tile.state.text == "Camera lost"
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert door.doors.current is side
    assert "The camera of Side door is lost" in picture.banner.accessibleName()
    side._lost(False)
    assert side.state is DoorState.LIVE
    assert not picture.banner.isVisible()


def test_doors_are_chosen_by_key(door: Door) -> None:
    door.open()
    side = door.doors.add("Side door", "side")
    first = door.door
    field = door.page.door.search.field
    QTest.keyClick(field, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert door.doors.current is side
    QTest.keyClick(field, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert door.doors.current is first
    door.doors.choose(side.door.number)
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count)
    assert door.doors.arrivals.newest[0].entry.door == "Side door"


def test_a_door_is_added_and_removed_by_its_dialog(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["1"].waits = True
    door.page.add_door()
    dialog = door.page.findChild(DoorDialog)
    assert dialog is not None
    assert "video of the person" in dialog.truth.accessibleName()
    dialog.name.value, dialog.source.value = "Door 1", "1"
    dialog.start.click()
    assert "another door" in dialog.name.error.text().casefold()
    dialog.name.value = "Side door"
    dialog.unattended.setChecked(True)
    dialog.turn.set_value(Turn.RIGHT)
    dialog.start.click()
    door.wait(lambda: door.door.state is DoorState.LIVE)
    assert door.door.door.name == "Side door"
    assert door.door.door.unattended
    assert door.door.door.turn is Turn.RIGHT
    assert door.page.door.picture.guard.isVisible()
    door.page.choose_source()
    again = door.page.findChildren(DoorDialog)[-1]
    again.removed.emit()
    assert [each.door.number for each in door.doors.watches] == [1]
    assert door.door.door.number == 1


def test_a_door_that_is_not_wanted_after_all_goes(door: Door) -> None:
    door.open()
    door.page.add_door()
    dialog = door.page.findChild(DoorDialog)
    assert dialog is not None
    dialog.reject()
    assert len(door.doors.watches) == 1


def test_another_language_stops_no_camera_and_loses_nobody(door: Door, film: Film) -> None:
    door.open()
    film.pictures, film.pace, film.gate = walking(1), 0.001, Event()
    door.page.watch("film", paced=False)
    door.wait(lambda: door.door.state is DoorState.LIVE)
    camera = door.door.camera
    door.page.closing()
    door.page.hide()
    shiboken6.delete(door.page)
    film.gate.set()
    door.wait(lambda: door.doors.arrivals.count == 1)
    assert door.lines()["A1"].status is Status.PRESENT
    door.page = door.make_page()
    door.page.shown()
    door.wait(lambda: door.page.stack.currentIndex() == 1)
    assert camera is not None
    assert door.page.door.newest.name.text() == ANN.name
    assert door.page.header.title.text() == "Morning"


def test_a_running_camera_shows_its_picture_on_the_next_page(door: Door, film: Film) -> None:
    door.open()
    film.pictures = [picture_of((1, 100 + at % 50, 60, 90)) for at in range(900)]
    film.pace = 0.004
    door.page.watch("film", paced=False)
    door.wait(lambda: door.page.door.picture.view.marks)
    camera = door.door.camera
    page = door.rebuild()
    page.shown()
    door.wait(lambda: page.door.picture.view.marks)
    assert door.door.camera is camera
    assert page.door.picture.stop.isVisible()


def test_windows_of_the_hall_come_back_in_the_next_language(door: Door) -> None:
    door.open()
    hall = door.page.open_hall()
    assert isinstance(hall, HallQuorum)
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    windows = door.context.lasting.get(HallWindows, HallWindows)
    door.context.lasting.dress(door.context)
    again = windows.window("quorum")
    assert isinstance(again, HallQuorum)
    assert again is not hall
    greeting.close()
    windows.dress(door.context)
    assert windows.window("quorum") is not None


def test_closing_the_session_stops_every_camera(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["film"].waits = films["side"].waits = True
    door.page.watch("film", paced=False)
    side = second(door)
    door.wait(lambda: door.door.state is DoorState.LIVE)
    door.congress.desk.close_session()
    door.wait(lambda: not door.doors.watching)
    assert side.state is DoorState.OFF


def test_a_frozen_picture_is_said_and_its_end_too(
    door: Door, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.open()
    real = doorcamera.DoorCamera

    class Impatient(real):  # type: ignore[misc, valid-type]
        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more, patience=0.2)

    monkeypatch.setattr("congress.ui.doors.watch.DoorCamera", Impatient)
    film.pictures = [picture_of()] * 60 + [picture_of((9, 10 + at, 60, 60)) for at in range(60)]
    film.pace, film.waits = 0.01, True
    door.page.watch("film", paced=False)
    banner = door.page.door.picture.banner
    door.wait(lambda: door.door.state is DoorState.FROZEN)
    assert "stands still" in banner.accessibleName()
    assert door.page.door.picture.remedy.isVisible()
    door.wait(lambda: door.door.state is DoorState.LIVE)
    assert "stands still" not in banner.accessibleName() or not banner.isVisible()


def test_poor_light_is_said_in_words(door: Door, film: Film) -> None:
    door.open()
    film.waits = True
    door.page.watch("film", paced=False)
    door.wait(lambda: door.door.state is DoorState.LIVE)
    for trouble in Trouble:
        door.door._troubled(trouble)
        said = door.page.door.picture.banner.accessibleName()
        assert door.context.tr(f"door.trouble.{trouble}.why") in said
    door.door._troubled(None)
    assert not door.page.door.picture.banner.isVisible()


def test_a_picture_on_its_side_is_set_upright_with_one_press(
    door: Door, films: dict[str, Film]
) -> None:
    door.open()
    films["film"].waits = True
    door.page.watch("film", paced=False)
    door.wait(lambda: door.door.state is DoorState.LIVE)
    door.door._lies(Turn.LEFT)
    assert "on its side" in door.page.door.picture.banner.accessibleName()
    door.page.door.picture.remedy.click()
    assert door.door.door.turn is Turn.LEFT
    door.wait(lambda: door.door.state is DoorState.LIVE)
    assert door.door.lying is None


def test_a_turned_picture_is_recognised(door: Door, film: Film) -> None:
    door.open()
    upright = [picture_of((1, 100, 60, 90 + 3 * at)) for at in range(20)]
    film.pictures = [np.ascontiguousarray(np.rot90(each)) for each in upright]
    door.doors.change(door.door, turn=Turn.RIGHT)
    door.watch()
    assert door.lines()["A1"].status is Status.PRESENT


def test_four_thousand_pixels_are_made_smaller_first(door: Door, film: Film) -> None:
    door.open()
    film.pictures = [picture_of((1, 400, 260, 500 + 24 * at), size=(3840, 2160)) for at in range(8)]
    sizes: list[int] = []
    door.page.watch("film", paced=False)
    door.door.pictured.connect(
        lambda _: sizes.append(door.door.picture.size.width() if door.door.picture else 0)
    )
    door.wait(lambda: door.doors.arrivals.count == 1)
    assert set(sizes) == {1920}


def test_no_camera_is_said_at_its_door_alone(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["side"].error = EnvironmentFault("camera.refused", camera=1)
    films["film"].waits = True
    door.page.watch("film", paced=False)
    side = second(door)
    door.wait(lambda: side.error is not None)
    assert not door.page.door.picture.banner.isVisible()
    door.doors.choose(side.door.number)
    assert "may not use camera 1" in door.page.door.picture.banner.accessibleName()


def test_what_a_door_judges_by_is_noted_when_it_starts(door: Door, film: Film) -> None:
    door.open()
    door.watch()
    with door.congress.desk._database.reading() as connection:
        actions = list(connection.execute(audit.select()).mappings())
    noted = [row for row in actions if row["action"] == "door.watched"]
    assert [row["subject"] for row in noted] == ["1"]
    assert noted[0]["detail"]["threshold"] == 480
    assert noted[0]["detail"]["persons"] == 2


def test_a_beep_for_each_arrival_and_none_when_it_is_off(door: Door) -> None:
    door.open()
    door.doors.check_in(ANN.id)
    door.wait(lambda: len(door.beeps) == 1)
    door.page.door.picture.sound.click()
    assert "on" in door.page.door.picture.sound.accessibleName()
    door.doors.check_in(BEN.id)
    door.wait(lambda: door.doors.arrivals.count == 2)
    assert len(door.beeps) == 1


def test_the_greeting_names_whom_the_register_has_and_then_forgets(door: Door) -> None:
    door.open()
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    assert greeting.shown is Shown.NEUTRAL
    door.doors.check_in(ANN.id)
    door.wait(lambda: greeting.shown is Shown.NAME)
    assert greeting.words[:3] == ["Welcome,", ANN.name, "Seat Row A1"]
    greeting._timer.timeout.emit()
    assert greeting.shown is Shown.NEUTRAL
    assert ANN.name not in greeting.words


def test_the_greeting_speaks_the_persons_language(make: Callable[..., Door]) -> None:
    lan, ali = replace(ANN, language="vi"), replace(BEN, language="ur")
    door = make(people=(lan, ali), enrolled=False)
    door.open()
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    door.doors.check_in(lan.id)
    door.wait(lambda: "Kính chào" in greeting.words)
    door.doors.check_in(ali.id)
    door.wait(lambda: "خوش آمدید،" in greeting.words)
    assert greeting._sheet.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_the_greeting_never_names_a_doubtful_face(door: Door, film: Film) -> None:
    door.open()
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    film.pictures = walking(3)
    said: list[str] = []
    door.door.changed.connect(lambda: said.extend(greeting.words))
    door.watch()
    assert greeting.shown is Shown.DESK
    assert not {ANN.name, BEN.name} & {*said, *greeting.words}


def test_a_greeting_is_for_its_own_door(door: Door) -> None:
    door.open()
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    side = door.doors.add("Side door", "side")
    door.doors.choose(side.door.number)
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count == 1)
    assert greeting.shown is Shown.NEUTRAL


def test_a_name_taken_back_leaves_the_display(door: Door) -> None:
    door.open()
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    door.doors.check_in(ANN.id)
    door.wait(lambda: greeting.shown is Shown.NAME)
    door.doors.arrivals.undo_newest()
    door.wait(lambda: greeting.shown is Shown.NEUTRAL)
    assert door.lines()["A1"].status is Status.ABSENT


def test_the_method_stays_with_the_entry(door: Door) -> None:
    door.open()
    door.doors.check_in(ANN.id, Method.QR)
    door.wait(lambda: door.doors.arrivals.count)
    assert door.doors.arrivals.newest[0].entry.method is Method.QR
