"""One trustee's side of a ceremony, and what they hold once it is complete.

Everything a trustee keeps secret follows from one seed by HKDF: the signing key, the box key
and the secret polynomial. With the public transcript, which stands on every ledger, the seed
alone gives back the share; so a copy on paper need hold nothing else.

A holder remembers what it has sent and signed: it never sends two versions of a message, and
never signs a transcript after it complained.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congress.kernel.canonical import Json, decode_bytes, encode_bytes
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.signing import Signer
from congress.voting.crypto import dkg, envelope
from congress.voting.crypto.ceremony import PURPOSE, Ceremony, TrusteeShare, share_label
from congress.voting.crypto.group import ORDER, Scalar, base, decode_scalar, encode_scalar
from congress.voting.trustees import messages
from congress.voting.trustees.invitation import Invitation, invitation_from_json
from congress.voting.trustees.messages import Message, Round
from congress.voting.trustees.papercode import SEED, TAG, PaperCopy
from congress.voting.trustees.session import Session, Stage


@dataclass(frozen=True, slots=True)
class Secrets:
    """The keys that follow from a seed, for one ceremony.

    Attributes:
        seed: 32 random bytes.
        ceremony: Identifier of the ceremony.
    """

    seed: bytes = field(repr=False)
    ceremony: str

    def _derived(self, use: str, length: int = 32) -> bytes:
        info = f"paperless-congress/trustee/1/{use}".encode()
        salt = self.ceremony.encode()
        return HKDF(algorithm=SHA512(), length=length, salt=salt, info=info).derive(self.seed)

    @property
    def signing_seed(self) -> bytes:
        """The seed of the Ed25519 signing key (32 bytes)."""
        return self._derived("signing")

    @property
    def signer(self) -> Signer:
        """Signs in the name of the trustee."""
        return Signer(self.signing_seed)

    @property
    def box_seed(self) -> bytes:
        """The X25519 private key (32 bytes)."""
        return self._derived("box")

    def polynomial(self, threshold: int) -> dkg.Polynomial:
        """Return the secret polynomial; 64 bytes a coefficient leave no bias to speak of."""
        return dkg.Polynomial(
            tuple(
                int.from_bytes(self._derived(f"coefficient {place}", 64), "big") % ORDER
                for place in range(threshold)
            )
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """What a trustee's share file holds.

    Attributes:
        invitation: The ceremony.
        index: Of the trustee.
        seed: The secret.
        sent: Every message sent so far, by its round, as it went out.
        over: Whether this trustee complained, or another broke the ceremony.
        share: Once the ceremony is complete.
        tallies: What was decrypted: for each election the hash of its one tally.
    """

    invitation: Invitation
    index: int
    seed: bytes = field(repr=False)
    sent: Mapping[str, bytes] = field(default_factory=dict)
    over: bool = False
    share: TrusteeShare | None = None
    tallies: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The trustee's name."""
        return self.invitation.name(self.index)

    @property
    def secrets(self) -> Secrets:
        """The keys that follow from the seed."""
        return Secrets(self.seed, self.invitation.id)

    @property
    def ready(self) -> TrusteeShare:
        """The share of a complete ceremony.

        Raises:
            RefusedError: ``trustees.not_complete``.
        """
        if self.share is None:
            raise RefusedError("trustees.not_complete")
        return self.share

    @property
    def paper(self) -> PaperCopy:
        """The copy for paper.

        Raises:
            RefusedError: ``trustees.not_complete`` before the ceremony is.
        """
        return PaperCopy(self.index, self.ready.ceremony_hash[:TAG], self.seed)

    def step(self, session: Session) -> tuple["Holder", Message | None]:
        """Take the trustee's next step: say what is due, or keep the share when all is done.

        Returns:
            The holder afterwards, and the message to hand out; ``None`` while others are
            awaited and when nothing is left to say. The holder must be kept before the
            message goes out.

        Raises:
            InputError: ``trustees.foreign_message`` for another ceremony; ``trustees.replaced``
                if somebody else's message stands in the place of this trustee's.
            RefusedError: ``trustees.broken`` if the ceremony is over, ``trustees.complained``
                if this trustee ended it.
        """
        if session.invitation != self.invitation:
            raise InputError("trustees.foreign_message")
        if self.share is not None:
            return self, None
        self._find_own(session)
        if session.stage is Stage.BROKEN:
            raise RefusedError("trustees.broken")
        if self.over:
            raise RefusedError("trustees.complained")
        if session.stage is Stage.COMPLETE:
            return self._kept(session), None
        kind = Round(session.stage.value)
        if self.index in session.of(kind):
            return self, None
        if kind.value in self.sent:
            return self, messages.read(self.sent[kind.value])
        return self._speak(session, kind)

    def _find_own(self, session: Session) -> None:
        """Refuse a session in which this trustee's messages are not its own."""
        for message in session.messages:
            if message.sender == self.index:
                own = self.sent.get(message.round.value)
                if own is None or own != message.to_bytes():
                    raise InputError("trustees.replaced", name=self.name)

    def _speak(self, session: Session, kind: Round) -> tuple["Holder", Message]:
        over = False
        match kind:
            case Round.COMMITMENT:
                body = self._commitment()
            case Round.REVEAL:
                body = self._reveal(session)
            case Round.SHARES:
                body = self._shares(session)
            case _:
                accused = self._cheat(session)
                if accused is None:
                    body = {"signature": self.secrets.signer.sign(PURPOSE, session.transcript())}
                else:
                    kind, over = Round.COMPLAINT, True
                    body = {"accused": accused, "box_private": self.secrets.box_seed}
        message = messages.write(self.secrets.signer, self.invitation.id, kind, self.index, body)
        sent = {**self.sent, kind.value: message.to_bytes()}
        return replace(self, sent=sent, over=over), message

    def _commitment(self) -> Mapping[str, object]:
        secrets = self.secrets
        points = secrets.polynomial(self.invitation.threshold).points()
        return {
            "signing_key": secrets.signer.public_key,
            "box_key": envelope.box_key(secrets.box_seed),
            "commitment_hash": dkg.commitment_hash(self.invitation.id, self.index, points),
        }

    def _reveal(self, session: Session) -> Mapping[str, object]:
        polynomial = self.secrets.polynomial(self.invitation.threshold)
        return {
            "points": [point.encode() for point in polynomial.points()],
            "proofs": list(polynomial.prove(self.invitation.id, self.index)),
            "seen": session.digests(Round.COMMITMENT),
        }

    def _shares(self, session: Session) -> Mapping[str, object]:
        polynomial = self.secrets.polynomial(self.invitation.threshold)
        keys = session.of(Round.COMMITMENT)
        sealed = [
            envelope.seal(
                decode_bytes(keys[other].body["box_key"]),
                share_label(self.invitation.id, self.index, other),
                encode_scalar(polynomial.share_for(other)),
            )
            for other in self.invitation.indices
            if other != self.index
        ]
        return {"shares": sealed, "seen": session.digests(Round.REVEAL)}

    def _cheat(self, session: Session) -> int | None:
        """Return who sent this trustee a share that is no good, or ``None``."""
        private = self.secrets.box_seed
        for other in self.invitation.indices:
            if other != self.index and not session.share_fits(private, other, self.index):
                return other
        return None

    def _kept(self, session: Session) -> "Holder":
        ceremony = session.ceremony()
        return replace(self, share=restored(self.seed, self.index, ceremony), sent={})

    def to_json(self) -> Mapping[str, Json]:
        """Return the holder as a canonical value. Secret."""
        share: Mapping[str, Json] | None = None
        if self.share is not None:
            share = {
                "ceremony_hash": encode_bytes(self.share.ceremony_hash),
                "share": encode_bytes(encode_scalar(self.share.share)),
            }
        return {
            "invitation": self.invitation.to_json(),
            "index": self.index,
            "seed": encode_bytes(self.seed),
            "sent": {kind: encode_bytes(data) for kind, data in self.sent.items()},
            "over": self.over,
            "share": share,
            "tallies": {poll: encode_bytes(tally) for poll, tally in self.tallies.items()},
        }

    @classmethod
    def from_json(cls, value: Any) -> "Holder":
        """Return the holder that ``to_json`` made a value.

        Raises:
            InputError: ``trustees.share_damaged``.
        """
        try:
            invitation = invitation_from_json(value["invitation"])
            index, seed = value["index"], decode_bytes(value["seed"])
            if index not in invitation.indices or len(seed) != SEED:
                raise InputError("trustees.share_damaged")
            kept = value["share"]
            share = kept and TrusteeShare(
                index,
                decode_bytes(kept["ceremony_hash"]),
                decode_scalar(decode_bytes(kept["share"])),
                Secrets(seed, invitation.id).signing_seed,
            )
            return cls(
                invitation,
                index,
                seed,
                {kind: decode_bytes(data) for kind, data in value["sent"].items()},
                value["over"],
                share,
                {poll: decode_bytes(tally) for poll, tally in value["tallies"].items()},
            )
        except (CongressError, KeyError, TypeError, AttributeError) as error:
            raise InputError("trustees.share_damaged") from error


def restored(seed: bytes, index: int, ceremony: Ceremony) -> TrusteeShare:
    """Return a trustee's share from its seed and the public transcript.

    Args:
        seed: 32 bytes.
        index: Of the trustee.
        ceremony: A complete ceremony that was checked.

    Raises:
        InputError: ``trustees.foreign_share`` if the seed is not that trustee's of this
            ceremony.
    """
    secrets = Secrets(seed, ceremony.id)
    if not 1 <= index <= len(ceremony.trustees):
        raise InputError("trustees.foreign_share")
    if ceremony.trustee(index).signing_key != secrets.signer.public_key:
        raise InputError("trustees.foreign_share")
    parts: list[Scalar] = [secrets.polynomial(ceremony.threshold).share_for(index)]
    for sealed in ceremony.shares:
        if sealed.receiver == index:
            label = share_label(ceremony.id, sealed.sender, index)
            parts.append(decode_scalar(envelope.unseal(secrets.box_seed, label, sealed.sealed)))
    share = dkg.share_of(parts)
    if base(share) != ceremony.public_share(index):
        raise InputError("trustees.foreign_share")
    return TrusteeShare(index, ceremony.hash, share, secrets.signing_seed)


def holder_of(copy: PaperCopy, ceremony: Ceremony, congress: str) -> Holder:
    """Return a holder from its copy on paper and the public transcript.

    It remembers nothing of what the file it replaces has decrypted.

    Raises:
        InputError: ``trustees.foreign_share``.
    """
    if ceremony.hash[:TAG] != copy.tag:
        raise InputError("trustees.foreign_share")
    names = tuple(trustee.name for trustee in ceremony.trustees)
    invitation = Invitation(ceremony.id, congress, ceremony.threshold, names)
    share = restored(copy.seed, copy.index, ceremony)
    return Holder(invitation, copy.index, copy.seed, share=share)
