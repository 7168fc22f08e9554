"""The board of trustees of the sample congress: three of them, of whom two decrypt."""

from collections.abc import Sequence

from congress.app import OpenCongress
from congress.kernel.ids import PollId
from congress.voting import board_store
from congress.voting.crypto.ceremony import TrusteeShare
from congress.voting.crypto.rehearsal import hold
from congress.voting.crypto.tally import partial_of

TRUSTEES = ("S03", "S05", "S07")
"""Badges of three delegates whom the congress trusts with a share each."""


def seat_trustees(congress: OpenCongress) -> Sequence[TrusteeShare]:
    """Hold a key ceremony for three delegates; return the share of each."""
    listed = [congress.people.by_badge(badge) for badge in TRUSTEES]
    ceremony, shares = hold([person.name for person in listed if person is not None])
    with congress.vault.congress.unit_of_work(congress.actor) as uow:
        board_store.add(uow.connection, ceremony, [])
        uow.audit("trustees.seated", count=len(shares))
        uow.commit()
    return shares


def decrypt(congress: OpenCongress, poll_id: PollId, shares: Sequence[TrusteeShare]) -> None:
    """Let as many trustees as are needed decrypt their part of a poll's totals."""
    for share in shares[: congress.booth.trustees(poll_id).threshold]:
        asked = congress.booth.tally_to_decrypt(poll_id)
        partial = partial_of(asked.context, asked.sums, share)
        congress.booth.add_partial(poll_id, partial)
