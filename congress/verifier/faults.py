"""The one way in which something in a bundle is found wrong."""


class Fault(Exception):
    """Something in the bundle is not as it must be.

    Attributes:
        reason: Key of the sentence in ``congress.verifier.wording``.
        details: What is put into the sentence: numbers, and names taken from the bundle.
    """

    def __init__(self, reason: str, **details: int | str) -> None:
        """Take the reason and what belongs into its sentence."""
        super().__init__(reason)
        self.reason = reason
        self.details = details
