"""What the verifier says of a bundle, on the page of the result: failed checks and cautions."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.i18n.direction import ISOLATE, POP
from congress.kernel.ids import PollId
from congress.kernel.progress import Silent
from congress.ui.controllers.verifying import Inspection, _read, inspect_apart
from congress.ui.pages.result_verify import VerifyCard
from congress.verifier.faults import Fault
from congress.verifier.report import Report
from congress.verifier.telling import values
from tests.helpers.uicontext import ui_context

BUNDLES = Path(__file__).parents[2] / "data" / "bundles"


@pytest.fixture(scope="module")
def forked() -> Inspection:
    """A ledger of which two entries changed places."""
    return inspect_apart(BUNDLES / "entries_reordered.bundle", Silent())


def states(card: VerifyCard) -> list[str]:
    assert card.table is not None
    model = card.table.view.model()
    return [model.index(at, 2).data() for at in range(model.rowCount())]


@pytest.mark.parametrize(
    ("lang", "reason", "words"),
    [
        ("en", "Reason, in entry 10 of the ledger: ", "ledger.wrong_seq"),
        ("vi", "Lý do, ở mục 10 của sổ ghi: ", "ledger.wrong_seq: the entry says that it is"),
        ("ur", "وجہ، کھاتے کے اندراج 10 میں: ", f"{ISOLATE}ledger.wrong_seq: the entry says that"),
    ],
    ids=["en", "vi", "ur"],
)
def test_a_failed_check_tells_why_in_the_language_and_in_the_verifiers_own_words(
    qapp: QApplication, qtbot: QtBot, forked: Inspection, lang: str, reason: str, words: str
) -> None:
    with ui_context(lang, dress=False) as (context, _):
        card = VerifyCard(context, PollId(forked.poll_id))
        qtbot.addWidget(card)
        card._tell(forked)
        (failed,) = card.failed
        assert failed.reasons[0].text().startswith(reason)
        assert failed.reasons[0].text() in failed.accessibleName()
        assert failed.words[0].text().startswith(words)
        assert failed.words[0].text().endswith(POP) == (lang == "ur")


def test_checks_after_the_place_where_the_ledger_breaks_are_not_said_to_have_failed(
    qapp: QApplication, qtbot: QtBot, forked: Inspection
) -> None:
    with ui_context(dress=False) as (context, _):
        card = VerifyCard(context, PollId(forked.poll_id))
        qtbot.addWidget(card)
        card._tell(forked)
        assert states(card).count("Failed") == 1
        assert states(card).count("Not finished") == sum(not each.decided for each in forked.checks)
        good = inspect_apart(BUNDLES / "good.bundle", Silent())
        card._tell(good)
        assert card.failed == []
        assert set(states(card)) == {"Holds"}
        assert card.caution is None


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            (
                "• contest chair: two names look alike: Nguyen An / Nguyen Αn",
                "• hints that are false and were not used: 2",
            ),
        ),
        (
            "ur",
            (
                "• مقابلہ chair: دو نام ایک جیسے نظر آتے ہیں: Nguyen An / Nguyen Αn",
                "• غلط اشارے جو استعمال نہیں ہوئے: 2",
            ),
        ),
    ],
    ids=["en", "ur"],
)
def test_what_somebody_should_look_at_is_told_though_nothing_is_wrong(
    qapp: QApplication, qtbot: QtBot, lang: str, lines: tuple[str, ...]
) -> None:
    alike = Fault("look_alike", contest="chair", first="Nguyen An", second="Nguyen \u0391n")
    found = _read(values(Report(warnings=[alike], false_hints=2)))
    with ui_context(lang, dress=False) as (context, _):
        card = VerifyCard(context, PollId(found.poll_id))
        qtbot.addWidget(card)
        card._tell(found)
        assert card.caution is not None
        said = card.caution.accessibleName().replace(ISOLATE, "").replace(POP, "")
        assert said.startswith(context.tr("checking.caution"))
        assert said.endswith("\n".join(lines))
