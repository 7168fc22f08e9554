from datetime import UTC, datetime
from pathlib import Path

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.voting.trustees import folder, log, rehearsal
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.log import What
from congress.voting.trustees.session import Session, Stage
from tests.helpers.ceremonies import NAMES, holders_of, one_round

NOW = datetime(2026, 10, 24, 8, tzinfo=UTC)


def test_a_ceremony_lives_in_its_folder(tmp_path: Path) -> None:
    invitation = invite("Congress", NAMES[:3])
    folder.begin(tmp_path, invitation)
    holders = holders_of(invitation)
    while (gathered := folder.gather(tmp_path)).session.stage is not Stage.COMPLETE:
        for message in one_round(gathered.session, holders):
            folder.put_message(tmp_path, message)
    session = gathered.session
    holders = [holder.step(session)[0] for holder in holders]
    test = rehearsal.prepare(session.ceremony())
    folder.put(tmp_path / folder.REHEARSAL, test.to_bytes())
    for holder in holders:
        folder.put_message(tmp_path, rehearsal.take_part(test, holder))
    gathered = folder.gather(tmp_path)
    assert not gathered.problems
    assert rehearsal.is_passed(rehearsal.read(gathered.rehearsal), gathered.answers)


def test_names_of_files_do_not_matter_and_bad_ones_are_named(tmp_path: Path) -> None:
    invitation = invite("Congress", NAMES[:3])
    folder.begin(tmp_path, invitation)
    said = one_round(Session(invitation), holders_of(invitation))
    (tmp_path / "from Marie.pcround").write_bytes(said[2].to_bytes())
    (tmp_path / "cut.pcround").write_bytes(said[1].to_bytes()[:-3])
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8")
    gathered = folder.gather(tmp_path)
    assert gathered.session.waiting == (1, 2)
    assert [(each.file, each.error.code) for each in gathered.problems] == [
        ("cut.pcround", "trustees.bad_message")
    ]


def test_two_ceremonies_do_not_share_a_folder(tmp_path: Path) -> None:
    folder.begin(tmp_path, invite("Congress", NAMES[:3]))
    with pytest.raises(RefusedError, match=r"trustees\.folder_taken"):
        folder.begin(tmp_path, invite("Congress", NAMES[:3]))


def test_a_folder_without_a_ceremony_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"trustees\.no_ceremony"):
        folder.gather(tmp_path)
    with pytest.raises(InputError, match=r"trustees\.no_ceremony"):
        folder.gather(tmp_path / "gone")


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder.put(tmp_path / "a.pctrustee", b"x")
    assert (tmp_path / "a.pctrustee").stat().st_mode & 0o077 == 0


def test_the_log_tells_each_message_once_and_keeps_a_break(tmp_path: Path) -> None:
    session = Session(invite("Congress", NAMES[:4]))
    lines = log.followed((), session, NOW)
    for message in one_round(session, holders_of(session.invitation)):
        session = session.add(message)
        lines = log.followed(lines, session, NOW)
    assert [line.what for line in lines] == [What.BEGUN, *[What.COMMITMENT] * 4]
    lines = log.followed(lines, session.given_up(2), NOW)
    assert (lines[-1].what, lines[-1].who, lines[-1].reason) == (
        What.BROKEN,
        NAMES[1],
        "missing",
    )
    assert log.followed(lines, session.given_up(2), NOW) == lines
    again = Session(session.invitation.without([2]))
    lines = log.followed(lines, again, NOW)
    assert lines[-1].what is What.BEGUN
    folder.put_log(tmp_path, lines)
    folder.begin(tmp_path, again.invitation)
    assert folder.gather(tmp_path).log == lines
