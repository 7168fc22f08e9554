"""What a congress decides about itself, as one frozen value."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from congress.kernel.roles import Clearance

LANGUAGES = ("en", "vi", "ur")
MIN_PASSPHRASE = 8
"""Characters. Argon2id makes guessing dear; nothing makes a short passphrase safe."""

FREE_TO_LEAVE = frozenset({Clearance.PUBLIC, Clearance.DELEGATES})
"""Whose words may be copied and printed unless the congress decides otherwise."""


class QuorumBase(StrEnum):
    """Of whom a quorum is a share. Texts: ``settings.quorum.base.<value>``."""

    SUMMONED = "summoned"
    """All official delegates."""
    REGISTERED = "registered"
    """Those whose seats were taken in some session so far."""


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many must be present for a session to be quorate.

    Attributes:
        share: Needed share of the base, over 0 and at most 1.
        strict: Whether more than the share is needed ("more than half") rather than at
            least the share ("at least two thirds").
        base: Of whom it is a share.
        by_section: Share of its own summoned delegates that each delegation must reach as
            well, at least; ``None`` where only the whole house counts.
    """

    share: Fraction = Fraction(2, 3)
    strict: bool = False
    base: QuorumBase = QuorumBase.SUMMONED
    by_section: Fraction | None = None

    def needed(self, base: int) -> int:
        """Return the smallest number present that is quorate, by integer arithmetic."""
        num, den = self.share.numerator * base, self.share.denominator
        return num // den + 1 if self.strict else -(-num // den)

    def needed_of_section(self, summoned: int) -> int:
        """Return the smallest number of a delegation that must be present."""
        if self.by_section is None:
            return 0
        return -(-self.by_section.numerator * summoned // self.by_section.denominator)


@dataclass(frozen=True, slots=True)
class Settings:
    """The decisions of one congress.

    Attributes:
        name: Name of the congress, as on its papers.
        language: Its first language: ``en``, ``vi`` or ``ur``.
        starts: First day, or ``None`` while it is not fixed.
        ends: Last day, or ``None``.
        place: Where it meets, or empty.
        rule_pack: Identifier of the rule pack of its elections and motions.
        quorum: When a session is quorate.
        keep_photos: Whether enrolment photos are kept, sealed, after embedding.
        face_backend: ``sface`` or ``face_recognition``.
        motto: Whether papers in Vietnamese carry the name of the country and its motto.
        copying: Clearances whose papers may be copied from.
        printing: Clearances whose papers may be printed.
        keep_faces_days: Days after the last day of the congress for which enrolled faces may
            be kept.
    """

    name: str
    language: str = "en"
    starts: date | None = None
    ends: date | None = None
    place: str = ""
    rule_pack: str = "party-congress"
    quorum: QuorumRule = field(default_factory=QuorumRule)
    keep_photos: bool = False
    face_backend: str = "sface"
    motto: bool = False
    copying: frozenset[Clearance] = FREE_TO_LEAVE
    printing: frozenset[Clearance] = FREE_TO_LEAVE
    keep_faces_days: int = 30
