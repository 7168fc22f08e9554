from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import CongressError
from congress.voting.crypto import tally
from congress.voting.trustees import messages, papercode, rehearsal
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.papercode import PaperCopy
from congress.voting.trustees.rehearsal import TOTALS, VOTES
from congress.voting.trustees.session import Session, Stage
from tests.helpers.ceremonies import NAMES, holders_of, one_round, whole


@settings(max_examples=8)
@given(st.data())
def test_any_so_many_trustees_decrypt_and_fewer_never(data: st.DataObject) -> None:
    count = data.draw(st.integers(3, 6))
    threshold = data.draw(st.integers(2, count))
    session, holders = whole(count, threshold)
    test = rehearsal.prepare(session.ceremony())
    chosen = data.draw(st.sampled_from(list(combinations(holders, threshold))))
    partials = [tally.partial_of(test.context, test.sums, each.ready) for each in chosen]
    for partial in partials:
        tally.check_partial(test.context, test.sums, partial)
    assert tally.combine(test.context, test.sums, partials, len(VOTES)) == (TOTALS,)
    with pytest.raises(CongressError, match=r"voting\.too_few_partials"):
        tally.combine(test.context, test.sums, partials[:-1], len(VOTES))


_INVITATION = invite("Congress", NAMES[:3])
_HOLDERS = holders_of(_INVITATION)
_SESSIONS = [Session(_INVITATION)]
_SAID = []
while _SESSIONS[-1].stage is not Stage.COMPLETE:
    _SAID.append(one_round(_SESSIONS[-1], _HOLDERS))
    session = _SESSIONS[-1]
    for each in _SAID[-1]:
        session = session.add(each)
    _SESSIONS.append(session)


@settings(max_examples=150)
@given(st.integers(0, 3), st.integers(0, 2), st.data())
def test_no_flipped_bit_of_a_message_is_taken(place: int, sender: int, data: st.DataObject) -> None:
    session, message = _SESSIONS[place], _SAID[place][sender]
    good = message.to_bytes()
    bit = data.draw(st.integers(0, 8 * len(good) - 1))
    bent = bytearray(good)
    bent[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CongressError):
        session.add(messages.read(bytes(bent)))


@settings(max_examples=60)
@given(st.permutations(range(3)), st.integers(0, 3))
def test_the_order_within_a_round_does_not_matter(order: list[int], place: int) -> None:
    session = _SESSIONS[place]
    for sender in order:
        session = session.add(_SAID[place][sender])
    assert session.stage is _SESSIONS[place + 1].stage
    assert {each.digest for each in session.messages} == {
        each.digest for each in _SESSIONS[place + 1].messages
    }


@given(st.integers(1, 15), st.binary(min_size=8, max_size=8), st.binary(min_size=32, max_size=32))
def test_every_sheet_is_read_back(index: int, tag: bytes, seed: bytes) -> None:
    copy = PaperCopy(index, tag, seed)
    assert papercode.read(copy.payload) == copy
    assert papercode.read(copy.lines) == copy


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_taken_for_a_message(data: bytes) -> None:
    with pytest.raises(CongressError, match=r"trustees\.bad_message"):
        messages.read(data)


def test_keys_regenerated_after_the_ceremony_are_another_board() -> None:
    session, holders = whole()
    other, _ = whole()
    assert other.ceremony().hash != session.ceremony().hash
    test = rehearsal.prepare(other.ceremony())
    with pytest.raises(CongressError, match=r"trustees\.foreign_share"):
        rehearsal.take_part(test, holders[0])
