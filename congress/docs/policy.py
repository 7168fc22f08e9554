"""What may leave the screen: copying words to the clipboard, and printing, by clearance.

The congress decides both in its settings. They bind this program; a camera before the screen is
bound by nothing, which is why pages carry a watermark.
"""

from dataclasses import dataclass

from congress.kernel.errors import CongressError, RefusedError
from congress.kernel.roles import Clearance
from congress.kernel.settings import FREE_TO_LEAVE, Settings

_GUARDED = (Clearance.RESTRICTED, Clearance.SECRET)
_NO_ROOM = ("disk.full", "disk.full_on_opening")


@dataclass(frozen=True, slots=True)
class Policy:
    """The decisions of one congress about its papers.

    Attributes:
        copying: Clearances whose papers may be copied from.
        printing: Clearances whose papers may be printed.
    """

    copying: frozenset[Clearance] = FREE_TO_LEAVE
    printing: frozenset[Clearance] = FREE_TO_LEAVE

    @classmethod
    def of(cls, settings: Settings) -> "Policy":
        """Return what these settings decide."""
        return cls(settings.copying, settings.printing)

    def may_copy(self, clearance: Clearance) -> bool:
        """Return whether words of such a paper may go to the clipboard."""
        return clearance in self.copying

    def may_print(self, clearance: Clearance) -> bool:
        """Return whether pages of such a paper may be printed."""
        return clearance in self.printing

    def clears_clipboard(self, clearance: Clearance) -> bool:
        """Return whether what was copied is wiped once the paper is closed."""
        return clearance in _GUARDED

    def require_copy(self, clearance: Clearance) -> None:
        """Refuse to copy from a paper of this clearance unless it is allowed.

        Raises:
            RefusedError: ``policy.no_copying``.
        """
        if not self.may_copy(clearance):
            raise RefusedError("policy.no_copying", clearance=clearance.value)

    def require_print(self, clearance: Clearance) -> None:
        """Refuse to print a paper of this clearance unless it is allowed.

        Raises:
            RefusedError: ``policy.no_printing``.
        """
        if not self.may_print(clearance):
            raise RefusedError("policy.no_printing", clearance=clearance.value)


def may_go_unlogged(clearance: Clearance, fault: CongressError) -> bool:
    """Return whether a paper may be read although ``fault`` kept the reading out of the log.

    On a full disk delegates still read what was handed out to them; what is held back stays
    closed until there is room to say who read it.
    """
    return fault.code in _NO_ROOM and clearance not in _GUARDED
