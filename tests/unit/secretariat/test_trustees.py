"""The papers of a key ceremony, in three languages."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.kernel.errors import RefusedError
from congress.secretariat.model import Cover
from congress.secretariat.trustees import copy_pdf, log_pdf
from congress.voting.trustees.fingerprint import of_key
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.log import LogLine, What, followed
from congress.voting.trustees.session import Session
from tests.helpers.ceremonies import NAMES, board, board_holders, holders_of
from tests.unit.secretariat.pdftext import text_of

NOW = datetime(2026, 10, 24, 8, 15, tzinfo=UTC)
COVER = Cover("Fifth Congress", "Brussels", None, None, NOW)
LANGUAGES = ("en", "vi", "ur")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_copy_holds_every_line_to_type(lang: str) -> None:
    holder = board_holders()[2]
    text = text_of(copy_pdf(Translator(lang), COVER, holder))
    for line in holder.paper.lines:
        assert codes.grouped(line) in text
    assert "Marie Curie" in text


def test_a_copy_is_the_same_each_time_and_one_page() -> None:
    holder = board_holders()[2]
    one, other = (copy_pdf(Translator("en"), COVER, holder) for _ in range(2))
    assert one == other
    assert len(pypdfium2.PdfDocument(one)) == 1


def test_there_is_no_copy_before_the_ceremony_is_complete() -> None:
    holder = holders_of(invite("Congress", NAMES[:3]))[0]
    with pytest.raises(RefusedError, match=r"trustees\.not_complete"):
        copy_pdf(Translator("en"), COVER, holder)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_log_names_who_did_what_and_the_fingerprint(lang: str) -> None:
    ceremony, _ = board()
    session = Session(invite("Congress", NAMES[:4])).given_up(2)
    log = (
        *followed((), session, NOW),
        LogLine(NOW, What.KEPT, "Marie Curie"),
        LogLine(NOW, What.READY, digest=ceremony.hash),
    )
    text = text_of(log_pdf(Translator(lang), COVER, ceremony, log))
    assert of_key(ceremony.joint_key) in text
    assert ceremony.hash.hex() in text.replace("\n", "").replace("\r", "").replace(" ", "")
    assert "Marie Curie" in text
    if lang == "en":
        assert "did not go on" in text
        assert "took the share file" in text
