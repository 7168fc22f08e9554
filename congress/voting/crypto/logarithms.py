"""Small discrete logarithms: how many votes a decrypted sum stands for."""

from math import isqrt

from congress.kernel.errors import InputError
from congress.voting.crypto.group import GENERATOR, Element, add, subtract


class Logarithms:
    """Small discrete logarithms, by baby steps and giant steps (Shanks, 1971)."""

    def __init__(self, most: int) -> None:
        """Prepare for logarithms from 0 to ``most``."""
        self._most = most
        self._stride = isqrt(most) + 1
        self._baby: dict[Element, int] = {}
        step: Element = None
        for number in range(self._stride):
            self._baby[step] = number
            step = add(step, GENERATOR)
        self._giant = step

    def of(self, element: Element) -> int:
        """Return the number of which ``element`` is the multiple of G.

        Raises:
            InputError: ``voting.bad_tally`` if it is none that was prepared for.
        """
        for round_ in range(self._stride + 1):
            small = self._baby.get(element)
            if small is not None:
                found = round_ * self._stride + small
                if found <= self._most:
                    return found
                break
            element = subtract(element, self._giant)
        raise InputError("voting.bad_tally")
