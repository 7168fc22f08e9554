"""The log of complaints about polls."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.roles import Role
from congress.storage import schema
from congress.voting.complaints import LONGEST
from tests.helpers.hall import Hall
from tests.helpers.vaults import actor


def test_a_complaint_is_made_decided_once_and_told() -> None:
    hall = Hall()
    poll = hall.opened_motion()
    hall.clock.advance(timedelta(minutes=1))
    made = hall.booth.file_complaint(poll.id, "  Delegate  3 ", "The screen froze.\n\nTwice.")
    assert (made.complainant, made.text) == ("Delegate 3", "The screen froze.\nTwice.")
    assert made.filed_at == hall.clock.now()
    other = hall.booth.file_complaint(poll.id, "Delegate 4", "Noise.")
    assert set(hall.booth.complaints(poll.id)) == {made, other}
    hall.clock.advance(timedelta(minutes=1))
    decided = hall.booth.decide_complaint(made.id, "Rejected.")
    assert (decided.decision, decided.decided_at) == ("Rejected.", hall.clock.now())
    assert decided in hall.booth.complaints(poll.id)
    assert other in hall.booth.complaints(poll.id)
    with pytest.raises(RefusedError, match="complaint_decided"):
        hall.booth.decide_complaint(made.id, "Upheld.")


def test_the_audit_says_that_and_not_what() -> None:
    hall = Hall()
    poll = hall.opened_motion()
    made = hall.booth.file_complaint(poll.id, "Somebody", "Something")
    hall.booth.decide_complaint(made.id, "Nothing")
    with hall.database.reading() as connection:
        rows = connection.execute(select(schema.audit).order_by(schema.audit.c.seq)).all()
    found = [row for row in rows if row.action.startswith("complaint.")]
    assert [row.action for row in found] == ["complaint.filed", "complaint.decided"]
    assert all(row.subject == made.id and row.detail == {"poll": poll.id} for row in found)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1), "a\u202eb"])
def test_an_empty_long_or_unreadable_text_is_refused(text: str) -> None:
    hall = Hall()
    poll = hall.opened_motion()
    with pytest.raises(InputError, match="bad_complaint"):
        hall.booth.file_complaint(poll.id, "Somebody", text)
    with pytest.raises(InputError, match="bad_complaint"):
        hall.booth.file_complaint(poll.id, text, "Something")
    made = hall.booth.file_complaint(poll.id, "Somebody", "Something")
    with pytest.raises(InputError, match="bad_complaint"):
        hall.booth.decide_complaint(made.id, text)


def test_who_may_not_and_what_is_not_there() -> None:
    hall = Hall()
    poll = hall.opened_motion()
    with pytest.raises(RefusedError):
        hall.booth_of(actor(Role.DELEGATE)).file_complaint(poll.id, "Somebody", "Something")
    with pytest.raises(InputError, match="no_complaint"):
        hall.booth.decide_complaint("nowhere", "Nothing")
    assert hall.booth.complaints(poll.id) == ()
