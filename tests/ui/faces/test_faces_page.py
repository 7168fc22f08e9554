"""The page of faces and badges, used as the secretariat uses it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from congress.kernel.errors import EnvironmentFault
from congress.kernel.roles import Role
from congress.kernel.settings import LANGUAGES
from congress.rollcall.backends import Loaded
from congress.rollcall.enrolment_report import EnrolmentReport
from congress.rollcall.model import ConsentAnswer
from congress.ui.models.faces import FaceState
from congress.ui.pages.faces_dialogs import ConsentDialog, EnrolDialog
from congress.ui.widgets.card import ListRow
from congress.ui.widgets.text import Text
from tests.helpers.faces import fake_backend, picture_of, png
from tests.ui.faces.conftest import House, photo


def words(widget: object) -> str:
    return " ".join(text.text() for text in widget.findChildren(Text))  # type: ignore[attr-defined]


def test_everyone_stands_with_face_and_consent(house: House) -> None:
    house.show()
    lines = {line.person.badge: line for line in house.page.table.model.rows}
    assert len(lines) == 14
    assert (lines["D001"].state, lines["D001"].answer) == (FaceState.FEW, "given")
    assert (lines["D004"].state, lines["D004"].answer) == (FaceState.NONE, "none")
    assert "3 of 14 people are enrolled" in house.page.header.lead.text()
    assert "25 November 2026" in house.page.header.lead.text()


def test_the_list_is_narrowed_by_face_and_by_answer(house: House) -> None:
    house.show()
    house.page.narrow.state.set_value(FaceState.FEW)
    house.page.narrow.state.chosen.emit(FaceState.FEW)
    assert len(house.page.table.model.rows) == 3
    house.page.narrow.consent.set_value("none")
    house.page.narrow.consent.chosen.emit("none")
    assert not house.page.table.model.rows


def test_an_answer_is_noted_with_how_it_was_given(house: House) -> None:
    house.show()
    house.select("D004")
    panel = house.page.panel
    assert panel is not None
    assert not panel.camera_button.isEnabled()
    panel.consent_button.click()
    dialog = house.page.findChild(ConsentDialog)
    assert dialog is not None
    dialog.how.value = "signed sheet 12"
    dialog.save_button.click()
    house.settle()
    noted = house.congress.privacy.consents()[house.person("D004").id]
    assert (noted.answer, noted.note) == (ConsentAnswer.GIVEN, "signed sheet 12")
    house.wait(lambda: house.page.panel is not None and house.page.panel.line.answer == "given")
    assert house.page.panel is not None
    assert house.page.panel.camera_button.isEnabled()
    assert "signed sheet 12" in words(house.page.panel)


def test_who_withdraws_is_erased_and_the_certificate_is_offered(house: House) -> None:
    house.show()
    house.select("D001")
    assert house.page.panel is not None
    house.page.panel.consent_button.click()
    dialog = house.page.findChild(ConsentDialog)
    assert dialog is not None
    dialog.answer.set_value(ConsentAnswer.WITHDRAWN)
    dialog.answer.chosen.emit(ConsentAnswer.WITHDRAWN)
    assert "erased at once" in dialog.what.text()
    dialog.save_button.click()
    house.wait(lambda: len(house.page.erasures.rows.rows) == 1)
    assert house.page.views.value == "erasures"
    assert house.person("D001").id not in house.congress.enrolment.status().persons


def test_a_face_is_erased_after_a_question_and_the_certificate_saved(
    house: House, sure: list[str], saved: Path
) -> None:
    house.show()
    house.select("D002")
    assert house.page.panel is not None
    house.page.panel.erase_button.click()
    house.wait(lambda: len(house.page.erasures.rows.rows) == 1)
    assert house.person("D002").name in sure[0]
    row = house.page.erasures.rows.rows[0]
    assert "1 person" in row.subtitle.text()
    (certificate,) = house.congress.privacy.certificates()
    for pdf in (True, False):
        house.page.erasures.save_asked.emit(certificate, pdf)
        house.settle()
    files = {path.suffix: path for path in saved.iterdir()}
    assert files[".pdf"].read_bytes().startswith(b"%PDF")
    statement = json.loads(files[".json"].read_bytes())["statement"]
    assert statement["persons"] == [house.person("D002").id]


def test_all_faces_are_erased_after_a_question(house: House, sure: list[str]) -> None:
    house.show()
    assert house.page.erase_button.isVisible()
    house.page.erase_button.click()
    house.wait(lambda: len(house.page.erasures.rows.rows) == 1)
    assert "3 people" in sure[0]
    assert not house.congress.enrolment.status().persons
    assert not house.page.erase_button.isVisible()


def test_what_is_held_about_a_person_is_saved(house: House, saved: Path) -> None:
    house.show()
    house.select("D001")
    assert house.page.panel is not None
    house.page.panel.pdf_button.click()
    house.settle()
    house.page.panel.json_button.click()
    house.settle()
    files = {path.suffix: path for path in saved.iterdir()}
    assert files[".pdf"].read_bytes().startswith(b"%PDF")
    assert json.loads(files[".json"].read_bytes())["tables"]["face"][0]["templates"] == 1


@pytest.mark.parametrize("agreed", [True, False])
def test_a_folder_is_enrolled_for_those_who_agreed(
    house: House, tmp_path: Path, agreed: bool
) -> None:
    (tmp_path / "D004.png").write_bytes(png(picture_of((4, 100, 60, 120))))
    (tmp_path / "D005.png").write_bytes(png(picture_of()))
    house.show()
    house.page.enrol_button.click()
    dialog = house.page.findChild(EnrolDialog)
    assert dialog is not None
    assert not dialog.go_button.isEnabled()
    dialog.set_path(tmp_path)
    dialog.agreed.setChecked(agreed)
    dialog.go_button.click()
    house.wait(lambda: house.page.sheet is not None and house.page.sheet.outcome is not None)
    enrolled = house.person("D004").id in house.congress.enrolment.status().persons
    assert enrolled is agreed
    assert house.page.sheet is not None
    said = words(house.page.sheet.outcome)
    assert ("No face was found" in said) is agreed
    assert ("consent is not noted" in said) is not agreed
    house.page.sheet.close_button.click()


def test_photographs_of_one_person_are_enrolled_whatever_their_names(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for name in ("holiday.png", "D001.png"):
        (tmp_path / name).write_bytes(png(picture_of((4, 100, 60, 120))))
        files.append(str(tmp_path / name))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    person = house.person("D004")
    house.congress.privacy.answer(person.id, ConsentAnswer.GIVEN)
    house.show()
    house.select("D004")
    assert house.page.panel is not None
    house.page.panel.photos_button.click()
    house.wait(lambda: house.page.sheet is not None and house.page.sheet.outcome is not None)
    assert house.congress.enrolment.status().photos[person.id] == 2
    assert house.page.sheet is not None
    house.page.sheet.close_button.click()
    house.settle()


def test_look_alikes_stand_side_by_side(house: House) -> None:
    house.show("alike")
    (row,) = house.page.alike.rows.rows
    assert house.person("D002").name in row.title.text()
    assert house.person("D003").name in row.title.text()
    assert "Operator decides" in words(row)
    house.show("people")
    house.page.views.set_value("people")
    house.page._show_view()
    house.select("D003")
    assert house.page.panel is not None
    assert "could be mistaken" in words(house.page.panel)


def test_accuracy_is_said_in_a_sentence(house: House) -> None:
    house.show("accuracy")
    said = house.page.accuracy.verdict.accessibleName()
    assert "At T = 0.48 none of 3 people is taken for another." in said
    assert "2 people look so much like another" in said
    assert "one photograph" in house.page.accuracy.genuine.text()
    assert "0.48" in house.page.accuracy.chart.accessibleName()
    assert not house.page.accuracy.chart.grab().isNull()


def test_the_axis_of_the_chart_runs_with_the_language(make: Callable[..., House]) -> None:
    for lang, rising in (("en", True), ("ur", False)):
        house = make(lang, D001=1, D004=4)
        house.show("accuracy")
        chart = house.page.accuracy.chart
        assert (chart.x_of(0.2) < chart.x_of(0.9)) is rising
        assert 0 <= chart.x_of(1.0) <= chart.width()


def test_with_nobody_enrolled_the_views_say_what_to_do(make: Callable[..., House]) -> None:
    house = make()
    house.show("alike")
    assert house.page.alike.empty.isVisible()
    for view in ("accuracy", "erasures"):
        house.page.opened(view)
        house.page._show_view()
        assert getattr(house.page, view).empty.isVisible()
    assert not house.page.erase_button.isVisible()


def test_a_missing_model_is_said_and_consent_works_all_the_same(house: House) -> None:
    def missing() -> Loaded:
        raise EnvironmentFault("faces.model_missing", file="a.onnx")

    house.congress.backend = missing
    house.show()
    assert house.page.trouble.isVisible()
    assert "a.onnx" in house.page.trouble.accessibleName()
    assert len(house.page.table.model.rows) == 14
    house.congress.backend = lambda: Loaded(
        fake_backend(), EnvironmentFault("faces.model_wrong", file="b.onnx")
    )
    house.page.shown()
    house.wait(lambda: "b.onnx" in house.page.trouble.accessibleName())


def test_badges_of_a_delegation_are_saved(house: House, saved: Path) -> None:
    house.show("badges")
    assert house.page.print_button.text() == "Save 14 badges"
    house.page.badges.none_button.click()
    assert not house.page.print_button.isEnabled()
    house.page.badges.filter.setText("Paris")
    house.page.badges.all_button.click()
    assert {person.delegation for person in house.page.badges.chosen} == {"Paris"}
    house.page.badges.language.set_value("ur")
    house.page.print_button.click()
    house.wait(lambda: (saved / "badges.pdf").exists())
    assert (saved / "badges.pdf").read_bytes().startswith(b"%PDF")


def test_badges_with_portraits_need_their_place(house: House, saved: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "D001.png").write_bytes(png(picture_of((1, 100, 60, 120))))
    house.show("badges")
    house.page.badges.by.set_value("standing")
    house.page.badges.by.chosen.emit("standing")
    assert house.page.badges.tree.topLevelItemCount() == 3
    house.page.badges.portraits.setChecked(True)
    assert not house.page.print_button.isEnabled()
    house.page.badges.set_photos(photos)
    assert house.page.print_button.isEnabled()
    house.page.print_button.click()
    house.wait(lambda: (saved / "badges.pdf").exists())


def test_a_lost_badge_is_void_and_the_new_one_saved(
    house: House, sure: list[str], saved: Path
) -> None:
    before = house.congress.badges.codes()[house.person("D001").id]
    house.show()
    house.select("D001")
    assert house.page.panel is not None
    house.page.panel.badge_button.click()
    house.wait(lambda: (saved / "badge D001.pdf").exists())
    assert "void at once" in sure[0]
    assert before not in house.congress.badges.bearers()
    assert (saved / "badge D001.pdf").read_bytes().startswith(b"%PDF")


def test_the_page_follows_what_others_change(house: House) -> None:
    house.show()
    listed = house.page.table.model.rows
    house.small.people.update(replace(house.person("D004"), name="Another Name"))
    house.page._controller.refresh()
    house.wait(lambda: house.page.table.model.rows != listed)
    assert "Another Name" in [line.person.name for line in house.page.table.model.rows]


def test_an_organiser_works_here_as_well(make: Callable[..., House]) -> None:
    house = make("en", Role.ORGANISER, D001=1, D004=4)
    house.show()
    assert house.page.enrol_button.isVisible()
    assert house.page.commands()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_can_be_shown_in_every_language(make: Callable[..., House], lang: str) -> None:
    house = make(lang, D001=1, D002=2, D003=3)
    house.congress.privacy.erase(house.person("D001").id)
    house.small.clock.advance(timedelta(days=1))
    house.show()
    for view in ("people", "alike", "accuracy", "badges", "erasures"):
        house.page.opened(view)
        house.page._show_view()
        assert not house.page.grab().isNull()
    house.page.opened("people")
    house.page._show_view()
    house.select("D002")
    assert house.page.panel is not None
    assert house.page.findChildren(ListRow)


def test_faces_of_another_model_are_enrolled_anew_from_kept_portraits(
    make: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make(D001=1)
    enrolment, page = house.congress.enrolment, house.page
    monkeypatch.setattr(enrolment, "_keep_portraits", lambda: True)
    enrolment.enrol_photos([photo("D001", 1), photo("D002", 2)])
    house.show()
    assert not page.outdated.isVisible()
    other = fake_backend(name="other")
    monkeypatch.setattr(enrolment, "_backend", lambda: other)
    page.shown()
    house.wait(page.outdated.isVisible)
    assert "2 people are enrolled for another way" in page.outdated.accessibleName()
    done: list[bool] = []
    anew = partial(enrolment.enrol_photos, [photo("D001", 1), photo("D002", 2)])

    def renewed(**_: object) -> EnrolmentReport:
        done.append(True)
        return anew()

    monkeypatch.setattr(enrolment, "enrol_kept", renewed)
    page.renew_button.click()
    house.wait(lambda: page.sheet is not None and page.sheet.outcome is not None)
    house.settle()
    house.wait(lambda: not page.outdated.isVisible())
    assert done == [True]
    assert page.sheet is not None
    page.sheet.close_button.click()
    house.settle()
