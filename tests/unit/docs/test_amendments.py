"""Amendments: entered, placed in every version, decided, and put into the next one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from congress.docs.amendments.consolidating import as_text
from congress.docs.amendments.model import (
    AmendmentsChanged,
    Decision,
    Kind,
    Placed,
    Proposal,
    State,
)
from congress.docs.amendments.service import Amendments
from congress.docs.changes.model import RunKind
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.notes.model import Fit, Spot
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.roles import CLEARANCES_OF, Clearance, Role, Shelf
from congress.storage.audit import verify_audit
from congress.storage.database import Database
from tests.helpers.papers import docx, make_library, paper_files, paragraph, pdf
from tests.helpers.vaults import actor, manual_clock

Write = Callable[[str, bytes], Path]
TITLE = "Motion on the rules of the congress"
FIRST = "The congress meets every five years in Hanoi and elects a committee of 15 members."
SECOND = "Delegates vote by secret ballot, unless two thirds of those present decide otherwise."
THIRD = "These rules enter into force on the day after the congress."
Files = dict[Clearance, Database]


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def files(bus: EventBus) -> Files:
    return paper_files(bus, manual_clock())


@pytest.fixture
def library(files: Files, tmp_path: Path) -> Library:
    return make_library(tmp_path, papers=files, clock=manual_clock())


def service(files: Files, library: Library, role: Role = Role.SECRETARIAT) -> Amendments:
    held = {Shelf(key): files[key] for key in CLEARANCES_OF[role]}
    return Amendments(held, library, actor(role), manual_clock())


@pytest.fixture
def amendments(files: Files, library: Library) -> Amendments:
    return service(files, library)


@pytest.fixture
def motion(library: Library, file: Write) -> Paper:
    body = (paragraph(TITLE, "Heading1"), *map(paragraph, (FIRST, SECOND, THIRD)))
    return library.import_file(file("motion.docx", docx(*body)))


def replacing(text: str, mover: str = "Delegation of Hue") -> Proposal:
    return Proposal(mover, Kind.REPLACE, text, reason="Because", seconders=("A", " ", "B"))


def spot(amendments: Amendments, paper: Paper, words: str) -> Spot:
    found = amendments.of(paper.id).paragraphs
    return next(each.start for each in found if words in each.text)


def changed(placed: Placed) -> list[tuple[str, str]]:
    return [
        (run.kind.value, run.shown.strip()) for run in placed.runs if run.kind is not RunKind.SAME
    ]


def test_an_amendment_stands_beside_its_paragraph(amendments: Amendments, motion: Paper) -> None:
    at = spot(amendments, motion, "15 members")
    made = amendments.submit(motion.id, at, replacing(FIRST.replace("15", "21")))
    assert (made.number, made.state) == (1, State.SUBMITTED)
    assert made.proposal.seconders == ("A", "B")
    found = amendments.of(motion.id).amendments
    assert [each.amendment for each in found] == [made]
    assert found[0].paragraph is not None
    assert found[0].paragraph.text == FIRST
    assert found[0].fit is Fit.MADE
    assert changed(found[0]) == [("deleted", "15"), ("inserted", "21")]
    assert amendments.count(motion.id) == 1


def test_they_are_ordered_by_paragraph_then_number(amendments: Amendments, motion: Paper) -> None:
    third, first = (spot(amendments, motion, words) for words in ("enter into", "15"))
    amendments.submit(motion.id, third, Proposal("A", Kind.DELETE))
    amendments.submit(motion.id, first, Proposal("B", Kind.INSERT_AFTER, "It meets in public."))
    amendments.submit(motion.id, first, replacing(FIRST.replace("five", "four")))
    found = amendments.of(motion.id).amendments
    assert [each.amendment.number for each in found] == [2, 3, 1]
    assert [changed(each) for each in found] == [
        [("inserted", "It meets in public.")],
        [("deleted", "five"), ("inserted", "four")],
        [("deleted", THIRD)],
    ]


def test_only_amendments_to_the_same_words_collide(amendments: Amendments, motion: Paper) -> None:
    at = spot(amendments, motion, "15")
    for old, new in (("15 members", "21 members"), ("five", "four"), ("15", "20")):
        amendments.submit(motion.id, at, replacing(FIRST.replace(old, new)))
    found = {each.amendment.number: each.collides for each in amendments.of(motion.id).amendments}
    assert found == {1: (3,), 2: (), 3: (1,)}


@pytest.mark.parametrize(
    ("proposal", "code"),
    [
        (Proposal(" ", Kind.DELETE), "amendments.no_mover"),
        (Proposal("A", Kind.REPLACE, " \n"), "amendments.no_text"),
        (Proposal("A", Kind.REPLACE, f" {FIRST} "), "amendments.same_text"),
        (Proposal("A", Kind.REPLACE, "x" * 20_001), "amendments.too_long"),
        (Proposal("A", Kind.REPLACE, "x\u202ey"), "amendments.bad_text"),
    ],
)
def test_what_cannot_be_moved(
    amendments: Amendments, motion: Paper, proposal: Proposal, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        amendments.submit(motion.id, spot(amendments, motion, "15"), proposal)
    assert caught.value.code == code


def test_delegates_read_and_do_not_write(
    files: Files, library: Library, motion: Paper, tmp_path: Path
) -> None:
    made = service(files, library).submit(motion.id, Spot(1, 0), Proposal("A", Kind.DELETE))
    reader = make_library(tmp_path, Role.DELEGATE, papers=files)
    delegate = service(files, reader, Role.DELEGATE)
    assert [each.amendment for each in delegate.of(motion.id).amendments] == [made]
    with pytest.raises(RefusedError):
        delegate.submit(motion.id, Spot(1, 0), Proposal("A", Kind.DELETE))
    with pytest.raises(RefusedError):
        delegate.decide(made, Decision(State.ACCEPTED))
    committee = make_library(tmp_path, Role.COMMITTEE, papers=files)
    decided = service(files, committee, Role.COMMITTEE).decide(made, Decision(State.ACCEPTED))
    assert decided.state is State.ACCEPTED


def test_deciding_is_kept_with_its_motion_and_traced(
    amendments: Amendments, motion: Paper, files: Files, bus: EventBus
) -> None:
    events: list[Event] = []
    bus.subscribe(events.append)
    at = spot(amendments, motion, "15")
    first = amendments.submit(motion.id, at, replacing(FIRST.replace("15", "21")))
    second = amendments.submit(motion.id, at, replacing(FIRST.replace("five", "four")))
    amendments.decide(first, Decision(State.REJECTED, poll=" Motion 12 ", note="41 : 40"))
    amendments.decide(second, Decision(State.MERGED, into=first.id))
    found = [each.amendment.decision for each in amendments.of(motion.id).amendments]
    assert found == [
        Decision(State.REJECTED, "Motion 12", "41 : 40"),
        Decision(State.MERGED, into=first.id),
    ]
    assert events == [AmendmentsChanged(motion.id)] * 4
    assert verify_audit(files[motion.clearance]) is None
    with pytest.raises(InputError) as caught:
        amendments.decide(first, Decision(State.MERGED, into=first.id))
    assert caught.value.code == "amendments.no_other"
    with pytest.raises(InputError) as caught:
        amendments.change(first, replacing("Other words"))
    assert caught.value.code == "amendments.decided"


def test_correcting_and_putting_elsewhere(amendments: Amendments, motion: Paper) -> None:
    made = amendments.submit(motion.id, spot(amendments, motion, "15"), replacing("Nothing."))
    amendments.change(made, Proposal("B", Kind.DELETE))
    amendments.put_at(made, spot(amendments, motion, "secret"))
    found = amendments.of(motion.id).amendments[0]
    assert (found.amendment.proposal.mover, changed(found)) == ("B", [("deleted", SECOND)])


def test_accepted_amendments_make_the_next_version(
    amendments: Amendments, motion: Paper, library: Library
) -> None:
    first, second, third = (spot(amendments, motion, each) for each in ("15", "secret", "enter"))
    for at, proposal in (
        (first, replacing(FIRST.replace("15", "21"))),
        (first, replacing(FIRST.replace("five", "four"))),
        (first, Proposal("C", Kind.INSERT_AFTER, "It meets in public.\nIt may decide otherwise.")),
        (third, Proposal("D", Kind.DELETE)),
        (second, replacing(SECOND.replace("two thirds", "a majority"))),
    ):
        made = amendments.submit(motion.id, at, proposal)
        if at != second:
            amendments.decide(made, Decision(State.ACCEPTED))
    draft = amendments.consolidated(motion.id)
    text = [
        TITLE,
        FIRST.replace("15", "21").replace("five", "four"),
        "It meets in public.",
        "It may decide otherwise.",
        SECOND,
    ]
    assert draft.paragraphs == text
    assert as_text(draft).decode().splitlines() == text
    after = amendments.make_version(draft, note="As decided")
    assert (after.version, after.version_id) == (2, library.paper(motion.id).version_id)
    assert [page.text for page in library.pages(motion.id)] == ["\n".join(text)]
    assert f"{TITLE}</h1>" in library.reading_html(motion.id)
    found = amendments.of(motion.id).amendments
    applied = {each.amendment.number: each.amendment.applied_in for each in found}
    assert applied == {1: after.version_id, 2: after.version_id, 3: after.version_id,
                       4: after.version_id, 5: None}  # fmt: skip
    open_one = next(each for each in found if each.amendment.number == 5)
    assert open_one.paragraph is not None
    assert changed(open_one) == [("deleted", "two thirds"), ("inserted", "a majority")]
    with pytest.raises(InputError) as caught:
        amendments.make_version(amendments.consolidated(motion.id))
    assert caught.value.code == "amendments.none_accepted"
    with pytest.raises(InputError) as caught:
        amendments.make_version(draft)
    assert caught.value.code == "amendments.version_changed"
    with pytest.raises(InputError) as caught:
        amendments.decide(found[0].amendment, Decision(State.REJECTED))
    assert caught.value.code == "amendments.applied"


def test_accepted_amendments_to_the_same_words_wait_for_a_decision(
    amendments: Amendments, motion: Paper
) -> None:
    at = spot(amendments, motion, "15")
    for number in ("20", "21"):
        made = amendments.submit(motion.id, at, replacing(FIRST.replace("15", number)))
        amendments.decide(made, Decision(State.ACCEPTED))
    draft = amendments.consolidated(motion.id)
    assert draft.paragraphs == [TITLE, FIRST, SECOND, THIRD]
    assert [each.amendment.number for each in draft.left_out] == [1, 2]


def test_an_amendment_follows_its_paragraph_into_a_new_version(
    amendments: Amendments, motion: Paper, library: Library, file: Write
) -> None:
    at = spot(amendments, motion, "secret")
    amendments.submit(motion.id, at, replacing(SECOND.replace("two thirds", "a majority")))
    amendments.submit(motion.id, at, replacing(SECOND.replace("otherwise", "so")))
    gone = spot(amendments, motion, "enter into")
    amendments.submit(motion.id, gone, Proposal("C", Kind.DELETE))
    newer = SECOND.replace("secret ballot", "show of hands").replace("otherwise", "differently")
    body = (TITLE, "A wholly new paragraph comes first of all here.", FIRST, newer)
    library.import_version(motion.id, file("second.docx", docx(*map(paragraph, body))))
    found = amendments.of(motion.id).amendments
    assert [each.amendment.number for each in found] == [1, 2, 3]
    assert found[0].paragraph is not None
    assert found[0].paragraph.text == newer
    assert changed(found[0]) == [("deleted", "two thirds"), ("inserted", "a majority")]
    assert (found[0].fit, found[0].overtaken) == (Fit.FUZZY, False)
    assert found[1].overtaken
    assert found[2].paragraph is None
    assert changed(found[2]) == [("deleted", THIRD)]
    before = amendments.of(motion.id, motion.version_id).amendments
    assert [each.fit for each in before] == [Fit.MADE] * 3


def test_a_paragraph_of_a_pdf_runs_over_its_page_end(
    amendments: Amendments, library: Library, file: Write
) -> None:
    pages = (
        "Paper 7\nIntroduction\nThe congress meets every five years in Hanoi and\n1",
        "Paper 7\nelects a committee of fifteen members by secret\nballot.\n2",
        "Paper 7\nThe end.\n3",
    )
    paper = library.import_file(file("a.pdf", pdf(*pages)))
    at = spot(amendments, paper, "fifteen")
    made = amendments.submit(paper.id, at, Proposal("A", Kind.DELETE))
    assert made.anchor.quote.exact == (
        "The congress meets every five years in Hanoi and "
        "elects a committee of fifteen members by secret ballot."
    )
    assert (made.anchor.start.page, made.anchor.end.page) == (1, 2)
    draft = amendments.decide(made, Decision(State.ACCEPTED))
    assert draft.state is State.ACCEPTED
    after = amendments.make_version(amendments.consolidated(paper.id))
    assert "fifteen" not in library.pages(after.id)[0].text


def test_amendments_move_with_their_paper(
    amendments: Amendments, motion: Paper, library: Library, files: Files
) -> None:
    made = amendments.submit(motion.id, Spot(1, 0), Proposal("A", Kind.DELETE))
    library.change_clearance(motion.id, Clearance.SECRET)
    assert [each.amendment for each in amendments.of(motion.id).amendments] == [made]
    library.remove(motion.id)
    for database in files.values():
        with database.reading() as connection:
            assert not connection.exec_driver_sql("SELECT count(*) FROM amendment").scalar()


def test_a_draft_leaves_as_the_policy_allows(
    amendments: Amendments, motion: Paper, library: Library
) -> None:
    draft = amendments.consolidated(motion.id)
    assert amendments.draft(draft, html=False).decode().startswith(TITLE)
    assert b'<html lang="en" dir="ltr">' in amendments.draft(draft, html=True)
    library.change_clearance(motion.id, Clearance.SECRET)
    with pytest.raises(RefusedError) as caught:
        amendments.draft(amendments.consolidated(motion.id), html=True)
    assert caught.value.code == "policy.no_printing"
