import os

import pytest

from congress.cli.passphrase import read_passphrase
from congress.kernel.errors import InputError


def test_the_first_line_of_a_descriptor_is_the_passphrase() -> None:
    reading, writing = os.pipe()
    os.write(writing, "một cụm mật khẩu\nnot this\n".encode())
    os.close(writing)
    try:
        assert read_passphrase(reading) == "một cụm mật khẩu"
    finally:
        os.close(reading)


def test_a_descriptor_that_is_not_open_is_refused() -> None:
    with pytest.raises(InputError, match=r"cli\.no_passphrase"):
        read_passphrase(999)


def test_the_descriptor_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGRESS_PASSPHRASE", "from the environment")
    assert read_passphrase(None) == "from the environment"
    with pytest.raises(InputError):
        read_passphrase(999)
