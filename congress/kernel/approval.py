"""The second person of a step that needs two, as typed at the machine."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Approval:
    """Who else stands for a step, and the passphrase that proves it.

    Attributes:
        name: Sign-in name.
        passphrase: As typed; never shown in a text form of this value.
    """

    name: str
    passphrase: str = field(repr=False)
