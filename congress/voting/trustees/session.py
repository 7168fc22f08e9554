"""A key ceremony as everybody can see it: the messages so far, and what follows from them.

Pure, and the same on the machine that leads the ceremony and on every trustee's own. Nobody
shows the public part of a secret before all have committed to theirs, so nobody can choose it
by what the others chose (the attack of Gennaro, Jarecki, Krawczyk and Rabin, EUROCRYPT 1999,
on Pedersen's key generation, in its rushing form). Whoever breaks the rules is named, and the
ceremony is over: it is held again without them, under another identifier and with new secrets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from congress.kernel.canonical import Json
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.signing import verify
from congress.voting.crypto.ceremony import PURPOSE, Ceremony, share_label
from congress.voting.crypto.envelope import box_key, seal, unseal
from congress.voting.trustees import published
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.messages import ROUNDS, Message, Round, taken


class Stage(StrEnum):
    """What is awaited now. Texts: ``trustees.stage.<value>``."""

    COMMITMENT = "commitment"
    REVEAL = "reveal"
    SHARES = "shares"
    SIGNATURE = "signature"
    COMPLETE = "complete"
    BROKEN = "broken"


class Reason(StrEnum):
    """Why a ceremony is over. Texts: ``trustees.fault.<value>``."""

    BAD_REVEAL = "bad_reveal"
    """What was shown is not what was committed to, or a proof fails."""
    BAD_SHARE = "bad_share"
    """A sealed share does not open, or does not fit what its sender showed."""
    FALSE_COMPLAINT = "false_complaint"
    """A share that was complained of is sound."""
    TWO_VERSIONS = "two_versions"
    """One trustee signed two different messages for one round."""
    OTHER_TRANSCRIPT = "other_transcript"
    """A trustee signed another transcript than this one."""
    MISSING = "missing"
    """A trustee did not come, or does not go on."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Who broke the ceremony, and how.

    Attributes:
        accused: Index of the trustee.
        reason: What they did.
        by: Index of the trustee whose message shows it; ``None`` if it is their own.
    """

    accused: int
    reason: Reason
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A ceremony under way.

    Attributes:
        invitation: Its frame.
        messages: Every message that was taken, in order.
        fault: Why it is over, or ``None``.
    """

    invitation: Invitation
    messages: tuple[Message, ...] = ()
    fault: Fault | None = None

    def of(self, kind: Round) -> Mapping[int, Message]:
        """Return the messages of a round by their senders' indices."""
        found: dict[int, Message] = {}
        for message in self.messages:
            if message.round is kind:
                found.setdefault(message.sender, message)
        return found

    @property
    def stage(self) -> Stage:
        """What is awaited now."""
        if self.fault is not None:
            return Stage.BROKEN
        for kind in ROUNDS:
            if len(self.of(kind)) < len(self.invitation.names):
                return Stage(kind.value)
        return Stage.COMPLETE

    @property
    def waiting(self) -> tuple[int, ...]:
        """The indices of those whose message of this stage has not come."""
        stage = self.stage
        if stage in (Stage.COMPLETE, Stage.BROKEN):
            return ()
        there = self.of(Round(stage.value))
        return tuple(index for index in self.invitation.indices if index not in there)

    def digests(self, kind: Round) -> list[bytes]:
        """Return the digests of the messages of a complete round, in order of the indices."""
        there = self.of(kind)
        return [there[index].digest for index in self.invitation.indices]

    def agrees(self, later: "Session") -> bool:
        """Return whether ``later`` can be this ceremony, seen again with what has come since."""
        if later.invitation != self.invitation:
            return False
        return all(
            later.of(kind).get(index, message).digest == message.digest
            for kind in Round
            for index, message in self.of(kind).items()
        )

    def add(self, message: Message) -> "Session":
        """Return the ceremony with one more message; the same again changes nothing.

        Raises:
            InputError: ``trustees.foreign_message`` of another ceremony;
                ``trustees.bad_message`` if it is bent or not signed by its sender;
                ``trustees.second_version`` if there is another commitment of that trustee;
                ``trustees.copied_key`` if it repeats the key of somebody else.
            RefusedError: ``trustees.too_early`` before its round, ``trustees.broken`` once the
                ceremony is over.
        """
        if message.ceremony != self.invitation.id:
            raise InputError("trustees.foreign_message")
        if message.sender not in self.invitation.indices:
            raise InputError("trustees.bad_message")
        if message in self.messages:
            return self
        if self.fault is not None:
            raise RefusedError("trustees.broken")
        self._require_turn(message)
        if not message.is_signed_by(self._signing_key(message)):
            raise InputError("trustees.bad_message")
        earlier = self.of(message.round).get(message.sender)
        if earlier is not None:
            if earlier.digest == message.digest:
                return self
            if message.round is Round.COMMITMENT:
                name = self.invitation.name(message.sender)
                raise InputError("trustees.second_version", name=name)
            fault: Fault | None = Fault(message.sender, Reason.TWO_VERSIONS)
        else:
            fault = self._judge(message)
        return replace(self, messages=(*self.messages, message), fault=fault)

    def given_up(self, index: int) -> "Session":
        """Return the ceremony, over because a trustee does not go on."""
        return replace(self, fault=Fault(index, Reason.MISSING))

    def _require_turn(self, message: Message) -> None:
        stage = self.stage
        reached = len(ROUNDS) if stage is Stage.COMPLETE else ROUNDS.index(Round(stage.value))
        if message.round is Round.COMPLAINT:
            early = reached < ROUNDS.index(Round.SIGNATURE)
            if message.sender in self.of(Round.SIGNATURE):
                raise InputError("trustees.bad_message")
        elif message.round is Round.REHEARSAL:
            raise InputError("trustees.bad_message")
        else:
            early = ROUNDS.index(message.round) > reached
        if early:
            raise RefusedError("trustees.too_early", name=self.invitation.name(message.sender))

    def _signing_key(self, message: Message) -> bytes:
        if message.round is Round.COMMITMENT:
            return taken(message.body, "signing_key", 32)
        return taken(self.of(Round.COMMITMENT)[message.sender].body, "signing_key", 32)

    def _judge(self, message: Message) -> Fault | None:
        match message.round:
            case Round.COMMITMENT:
                self._check_commitment(message)
            case Round.REVEAL:
                return self._judge_reveal(message)
            case Round.SHARES:
                return self._judge_shares(message)
            case Round.COMPLAINT:
                return self._judge_complaint(message)
            case Round.SIGNATURE:
                return self._judge_signature(message)
        return None

    def _check_commitment(self, message: Message) -> None:
        names = {"signing_key": 32, "box_key": 32, "commitment_hash": 64}
        if set(message.body) != set(names):
            raise InputError("trustees.bad_message")
        own = {name: taken(message.body, name, size) for name, size in names.items()}
        try:
            seal(own["box_key"], "usable", b"")
        except InputError as error:
            raise InputError("trustees.bad_message") from error
        for other in self.of(Round.COMMITMENT).values():
            if any(taken(other.body, name, names[name]) == own[name] for name in names):
                name = self.invitation.name(message.sender)
                raise InputError("trustees.copied_key", name=name)

    def _judge_reveal(self, message: Message) -> Fault | None:
        if (fault := self._judge_seen(message, Round.COMMITMENT)) is not None:
            return fault
        commitment = taken(self.of(Round.COMMITMENT)[message.sender].body, "commitment_hash", 64)
        if not published.holds(self.invitation, message.sender, message.body, commitment):
            return Fault(message.sender, Reason.BAD_REVEAL)
        return None

    def _judge_seen(self, message: Message, kind: Round) -> Fault | None:
        """Name whose message of an earlier round is not the same for everybody."""
        seen = message.body.get("seen")
        ours = [published.text(digest) for digest in self.digests(kind)]
        if not isinstance(seen, list) or len(seen) != len(ours):
            raise InputError("trustees.bad_message")
        for index, (one, other) in enumerate(zip(seen, ours, strict=True), start=1):
            if one != other:
                return Fault(index, Reason.TWO_VERSIONS, by=message.sender)
        return None

    def _judge_shares(self, message: Message) -> Fault | None:
        if (fault := self._judge_seen(message, Round.REVEAL)) is not None:
            return fault
        published.sealed_shares(self.invitation, message)
        return None

    def _judge_complaint(self, message: Message) -> Fault:
        """See for oneself: the complaint opens the share with the key it was sealed to."""
        if set(message.body) != {"accused", "box_private"}:
            raise InputError("trustees.bad_message")
        accused, own = message.body["accused"], message.sender
        if type(accused) is not int or accused == own or accused not in self.invitation.indices:
            raise InputError("trustees.bad_message")
        private = taken(message.body, "box_private", 32)
        announced = taken(self.of(Round.COMMITMENT)[own].body, "box_key", 32)
        if box_key(private) != announced or self.share_fits(private, accused, own):
            return Fault(own, Reason.FALSE_COMPLAINT)
        return Fault(accused, Reason.BAD_SHARE, by=own)

    def share_fits(self, private: bytes, sender: int, receiver: int) -> bool:
        """Return whether the share from one trustee to another opens and fits.

        Args:
            private: The receiver's box key (32 bytes).
            sender: Index of who sealed it.
            receiver: Index of whom it is for.
        """
        try:
            share = self.share(private, sender, receiver)
        except InputError:
            return False
        reveal = self.of(Round.REVEAL)[sender].body
        return published.fits(reveal, receiver, share)

    def share(self, private: bytes, sender: int, receiver: int) -> bytes:
        """Return the share (32 bytes) from one trustee to another, opened.

        Raises:
            InputError: ``voting.bad_share``.
        """
        message = self.of(Round.SHARES)[sender]
        sealed = published.sealed_shares(self.invitation, message)[receiver]
        return unseal(private, share_label(self.invitation.id, sender, receiver), sealed)

    def _judge_signature(self, message: Message) -> Fault | None:
        signature = taken(message.body, "signature", 64)
        if len(message.body) != 1:
            raise InputError("trustees.bad_message")
        if not verify(self._signing_key(message), PURPOSE, self.transcript(), signature):
            return Fault(message.sender, Reason.OTHER_TRANSCRIPT)
        return None

    def transcript(self) -> Mapping[str, Json]:
        """Return the public transcript without its signatures (SPECIFICATION 5).

        The messages of the first three rounds must all be there.
        """
        commitments, reveals = self.of(Round.COMMITMENT), self.of(Round.REVEAL)
        shares = self.of(Round.SHARES)
        indices = self.invitation.indices
        trustees: list[Any] = [
            {"index": index, "name": self.invitation.name(index), **commitments[index].body}
            for index in indices
        ]
        return {
            "v": 1,
            "id": self.invitation.id,
            "threshold": self.invitation.threshold,
            "trustees": trustees,
            "reveals": [
                {
                    "index": index,
                    "points": reveals[index].body["points"],
                    "proofs": reveals[index].body["proofs"],
                }
                for index in indices
            ],
            "shares": [
                {"from": sender, "to": receiver, "sealed": published.text(sealed)}
                for sender in indices
                for receiver, sealed in sorted(
                    published.sealed_shares(self.invitation, shares[sender]).items()
                )
            ],
        }

    def ceremony(self) -> Ceremony:
        """Return the complete ceremony, checked once more from the outside.

        Raises:
            RefusedError: ``trustees.not_complete`` before everybody has signed.
            InputError: The ceremony does not hold.
        """
        if self.stage is not Stage.COMPLETE:
            raise RefusedError("trustees.not_complete")
        signed = self.of(Round.SIGNATURE)
        value = {
            **self.transcript(),
            "signatures": [
                {"index": index, "signature": signed[index].body["signature"]}
                for index in self.invitation.indices
            ],
        }
        ceremony = Ceremony.from_json(value)
        ceremony.check()
        return ceremony
