import json
from typing import Any

import pytest
from lxml import html as lxml_html

from congress.docs.notes.exporting import NoteFormat, written
from congress.docs.notes.gathering import Gathered, gather
from congress.docs.notes.model import Draft, NoteColour, NoteKind, Spot, Stroke
from congress.docs.notes.webannotation import annotation_page
from congress.i18n.translator import Translator
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PaperId
from tests.helpers.notes import NORTH, PAPER, FakePapers, Reader, Readers, on_words, version

TEXT = ("The quorum is <two> thirds of *all* delegates.", "Motions are put\nin writing.")
DRAFT = PaperId("draft")


@pytest.fixture
def papers() -> FakePapers:
    made = FakePapers()
    made.put(PAPER, *TEXT)
    made.put(DRAFT, "A secret draft.")
    return made


@pytest.fixture
def lan(papers: FakePapers) -> Reader:
    return Readers(papers=papers).lan


def written_in(gathered: Gathered, form: NoteFormat, lang: str = "en") -> str:
    return written(gathered, form, Translator(lang))


def add(reader: Reader, words: str, kind: NoteKind = NoteKind.HIGHLIGHT) -> None:
    reader.notes.add(PAPER, version(1), on_words(TEXT, words, kind))


def items(gathered: Gathered) -> list[dict[str, Any]]:
    return list(json.loads(json.dumps(annotation_page(gathered)))["items"])


def test_what_is_taken_out_is_logged(papers: FakePapers, lan: Reader) -> None:
    add(lan, "quorum")
    add(lan, "in writing")
    gathered = gather(lan.notes, papers)
    assert gathered.count == 2
    assert papers.copied == [(PAPER, (1, 2))]


def test_papers_that_may_not_be_copied_keep_their_notes(papers: FakePapers, lan: Reader) -> None:
    add(lan, "quorum")
    note = Draft(NoteKind.NOTE, Spot(1, 2), Spot(1, 8), body="Too early")
    lan.notes.add(DRAFT, version(1), note)
    papers.closed.add(DRAFT)
    gathered = gather(lan.notes, papers)
    assert (gathered.count, gathered.kept_back) == (1, 1)
    for form in NoteFormat:
        text = written_in(gathered, form)
        assert "secret" not in text
        assert "early" not in text
        assert "Paper draft" not in text
    for form in (NoteFormat.MARKDOWN, NoteFormat.HTML):
        assert "The notes on 1 paper were left out" in written_in(gathered, form)
    with pytest.raises(RefusedError, match="no_copying"):
        gather(lan.notes, papers, DRAFT)
    papers.hidden.add(DRAFT)
    assert gather(lan.notes, papers).kept_back == 1


def test_markdown(lan: Reader, papers: FakePapers) -> None:
    add(lan, "<two> thirds of *all*", NoteKind.NOTE)
    text = written_in(gather(lan.notes, papers), NoteFormat.MARKDOWN)
    assert "## Paper rules · version 1" in text
    assert "### Page 1" in text
    assert "> \\<two\\> thirds of \\*all\\*\n" in text
    assert "\nmine\n" in text
    assert "Note, Yellow · lan · 14 March 2026" in text


def test_a_quote_of_several_lines_stays_a_quote(lan: Reader, papers: FakePapers) -> None:
    add(lan, "put\nin writing")
    assert "> put\n> in writing\n" in written_in(gather(lan.notes, papers), NoteFormat.MARKDOWN)


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_a_web_page_is_closed_in_itself_and_safe(
    lan: Reader, papers: FakePapers, lang: str
) -> None:
    papers.put(PAPER, *TEXT)
    lan.notes.add(
        PAPER,
        version(1),
        Draft(NoteKind.NOTE, Spot(1, 0), Spot(1, 3), body="<script>alert(1)</script>"),
    )
    line = Stroke(NoteColour.ROSE, 2.0, ((10.0, 20.0), (30.0, 40.0)))
    lan.notes.add(PAPER, version(1), Draft(NoteKind.INK, Spot(1, 0), Spot(1, 0), strokes=(line,)))
    text = written_in(gather(lan.notes, papers), NoteFormat.HTML, lang)
    page = lxml_html.document_fromstring(text.encode())
    assert page.get("dir") == ("rtl" if lang == "ur" else "ltr")
    assert not page.xpath("//script | //link | //img | //@src | //@href")
    assert "<script>alert(1)</script>" in "".join(map(str, page.itertext()))
    assert page.xpath("//path/@d") == ["M10,20 L30,40"]


def test_annotations_follow_the_model_of_the_w3c(lan: Reader, papers: FakePapers) -> None:
    add(lan, "quorum", NoteKind.NOTE)
    lan.notes.add(PAPER, version(1), Draft(NoteKind.BOOKMARK, Spot(2, 0), Spot(2, 0)))
    gathered = gather(lan.notes, papers)
    page = annotation_page(gathered)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    note, bookmark = items(gathered)
    assert note["motivation"] == "commenting"
    assert bookmark["motivation"] == "bookmarking"
    assert note["body"][0]["value"] == "mine"
    assert note["creator"] == {"type": "Person", "name": "lan"}
    quote, position = note["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "quorum",
        "prefix": "The ",
        "suffix": " is <two> thirds of *all* delega",
    }
    assert position["value"] == "page=1"
    assert position["refinedBy"] == {"type": "TextPositionSelector", "start": 4, "end": 10}
    assert bookmark["target"]["selector"][0]["value"] == "page=2"


def test_words_over_two_pages_are_a_range(lan: Reader, papers: FakePapers) -> None:
    lan.notes.add(PAPER, version(1), Draft(NoteKind.HIGHLIGHT, Spot(1, 36), Spot(2, 7)))
    (note,) = items(gather(lan.notes, papers))
    assert note["target"]["selector"][1]["type"] == "RangeSelector"


def test_an_unplaced_note_is_told_where_it_was_made(lan: Reader, papers: FakePapers) -> None:
    add(lan, "Motions are put\nin writing")
    papers.put(PAPER, "Everything is new.")
    gathered = gather(lan.notes, papers)
    (note,) = items(gathered)
    assert note["target"]["source"]["id"].endswith(":version:v1")
    assert "No place in this version" in written_in(gathered, NoteFormat.MARKDOWN)


def test_notes_of_others_bear_their_name(papers: FakePapers) -> None:
    readers = Readers(papers=papers)
    note = readers.lan.notes.add(PAPER, version(1), on_words(TEXT, "quorum"))
    readers.lan.notes.share(note.id, NORTH)
    (shared,) = items(gather(readers.omar.notes, papers))
    assert shared["creator"]["name"] == "lan"
