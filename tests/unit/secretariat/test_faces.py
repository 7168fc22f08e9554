import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import cv2
import numpy as np
import pytest

from congress.i18n.translator import Translator
from congress.kernel import signing
from congress.kernel.canonical import Json
from congress.kernel.ids import MemberId, PersonId, SessionId
from congress.kernel.people import Sex
from congress.kernel.settings import LANGUAGES
from congress.kernel.signing import Signer
from congress.rollcall.faceprivacy import Certificate, SubjectData
from congress.rollcall.model import (
    Consent,
    ConsentAnswer,
    Correction,
    CorrectionKind,
    Entry,
    EntryId,
    Excuse,
    Method,
    Session,
)
from congress.secretariat.blocks import Picture
from congress.secretariat.faces import (
    certificate_json,
    certificate_paper,
    subject_json,
    subject_paper,
)
from congress.secretariat.model import Cover
from congress.secretariat.typeset import typeset
from tests.helpers.faces import person
from tests.helpers.smallcongress import SmallCongress
from tests.unit.secretariat.pdftext import text_of

AT = datetime(2026, 3, 14, 9, tzinfo=UTC)
COVER = Cover("Fifth Congress", "Huế", date(2026, 3, 14), date(2026, 3, 16), AT)
ANN = replace(
    person("A1"), name="Nguyễn Thị Minh Châu", contact="0912000111", sex=Sex.FEMALE, born=1961
)
BEN = replace(person("B2"), name="فاطمہ زہرا نقوی")
PEOPLE = {each.id: each for each in (ANN, BEN)}
MEMBERS = {MemberId("m1"): "chi", MemberId("m2"): "organiser"}
GONE = PersonId("0" * 26)


def certificate(**changed: Json) -> Certificate:
    signer = Signer(bytes(32))
    statement: dict[str, Json] = {
        "v": 1,
        "congress": "Fifth Congress",
        "at": AT.isoformat(),
        "by": "m1",
        "persons": [ANN.id, BEN.id, GONE],
        "templates": 7,
        "left": 26,
        "key": signer.public_key.hex(),
    }
    signature = signer.sign("face-erasure", statement)
    return Certificate({**statement, **changed}, signature)


def told() -> SubjectData:
    session = Session(SessionId("s1"), "Morning", AT)
    entry = Entry(EntryId("e1"), session.id, ANN.id, AT, None, Method.FACE, 731, "sface", "East")
    other = replace(
        entry, id=EntryId("e2"), person_id=BEN.id, score=None, seat_of=ANN.id, reason="ill",
        left_at=AT + timedelta(hours=1), method=Method.QR,
    )  # fmt: skip
    return SubjectData(
        ANN,
        Consent(ANN.id, ConsentAnswer.GIVEN, "signed sheet 4", AT),
        AT,
        3,
        ((session, (entry, other)),),
        (Excuse(session.id, ANN.id, "travel", AT),),
        (
            Correction(
                "c1",
                session.id,
                ANN.id,
                CorrectionKind.ADDED,
                None,
                EntryId("e1"),
                "camera off",
                MemberId("m1"),
                MemberId("m2"),
                AT,
            ),
        ),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_certificate_names_everyone_and_carries_its_signature(lang: str) -> None:
    made = certificate()
    tr = Translator(lang)
    text = text_of(typeset(tr, certificate_paper(tr, COVER, made, PEOPLE, MEMBERS)))
    for expected in (ANN.name, ANN.badge, GONE, "chi", "26"):
        assert expected in text
    for seal in (made.signature.hex(), str(made.statement["key"])):
        assert all(seal[at : at + 8] in text for at in range(0, len(seal), 8))
    assert tr("faces.certificate.verdict").split()[0] in text


def test_a_changed_certificate_says_that_it_proves_nothing() -> None:
    tr = Translator("en")
    text = text_of(
        typeset(tr, certificate_paper(tr, COVER, certificate(templates=8), PEOPLE, MEMBERS))
    )
    assert "proves nothing" in " ".join(text.split())


def test_the_file_of_a_certificate_can_be_checked_without_this_program() -> None:
    content = json.loads(certificate_json(certificate()))
    statement: Mapping[str, object] = content["statement"]
    key = bytes.fromhex(str(statement["key"]))
    signature = bytes.fromhex(content["signature"])
    assert signing.verify(key, "face-erasure", statement, signature)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_reads_everything_that_is_held(lang: str) -> None:
    tr = Translator(lang)
    text = text_of(typeset(tr, subject_paper(tr, COVER, told(), PEOPLE, MEMBERS)))
    flat = " ".join(text.split())
    score = tr.number(Fraction(731, 1000))
    for expected in (ANN.name, "0912000111", "1961", "signed", "Morning", score, "East"):
        assert expected in flat
    for expected in ("travel", "camera", "chi", "organiser", "ill"):
        assert expected in flat


def test_the_file_for_a_person_holds_the_same_under_fixed_keys() -> None:
    tables = json.loads(subject_json(Translator("vi"), COVER, told(), PEOPLE, MEMBERS))["tables"]
    assert tables["person"][0]["name"] == ANN.name
    assert tables["face"] == [
        {
            "consent": "Đồng ý",
            "asked_at": AT.isoformat(),
            "note": "signed sheet 4",
            "templates": 3,
            "enrolled_at": AT.isoformat(),
            "portrait": None,
        }
    ]
    first, second = tables["stays"]
    assert (first["score"], first["left"], first["door"]) == ("731/1000", None, "East")
    assert (first["taken_by"], second["taken_by"], second["seat_of"]) == ("", BEN.name, "")
    assert [row["reason"] for row in tables["excuses"]] == ["travel"]
    assert tables["corrections"][0]["confirmed_by"] == "organiser"


def test_what_is_not_held_is_said() -> None:
    tr = Translator("en")
    empty = SubjectData(BEN, None, None, 0, (), (), ())
    flat = " ".join(text_of(typeset(tr, subject_paper(tr, COVER, empty, PEOPLE, MEMBERS))).split())
    assert "Not asked" in flat
    assert "Nothing is held under: Entries in the register" in flat


def test_the_service_writes_both() -> None:
    small = SmallCongress()
    small.summon()
    person_id = small.persons["D001"].id
    data = replace(told(), person=small.persons["D001"], stays=(), corrections=())
    pdf, content = small.exports.subject("ur", data)
    assert pdf.startswith(b"%PDF")
    assert json.loads(content)["tables"]["person"][0]["badge"] == "D001"
    pdf = small.exports.certificate("en", certificate(persons=[person_id]))
    assert "Nguyễn Thị Hường" in text_of(pdf)


def test_a_kept_portrait_is_handed_over_as_a_picture_and_to_programs() -> None:
    jpeg = bytes(cv2.imencode(".jpg", np.full((320, 240, 3), 90, np.uint8))[1])
    data, tr = replace(told(), portrait=jpeg), Translator("en")
    tables = json.loads(subject_json(tr, COVER, data, PEOPLE, MEMBERS))["tables"]
    assert base64.b64decode(tables["face"][0]["portrait"]) == jpeg
    paper = subject_paper(tr, COVER, data, PEOPLE, MEMBERS)
    assert [block.alt for block in paper.blocks if isinstance(block, Picture)] == ["Portrait"]
    text = " ".join(text_of(typeset(tr, paper)).split())
    assert "sealed like it and erased with it" in text
    assert tables["face"][0]["portrait"][:12] not in text
    without = " ".join(
        text_of(typeset(tr, subject_paper(tr, COVER, told(), PEOPLE, MEMBERS))).split()
    )
    assert "No photograph of you is kept." in without
