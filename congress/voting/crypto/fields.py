"""Fields of JSON that came from elsewhere, with the type that they must have."""


def integer(value: object) -> int:
    """Return ``value`` if it is an integer and no truth value.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not an integer")
    return value


def text(value: object) -> str:
    """Return ``value`` if it is a string.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value
