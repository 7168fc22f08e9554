import pytest

from congress.kernel import codes
from congress.kernel.errors import InputError
from congress.voting.trustees import papercode
from congress.voting.trustees.holder import holder_of
from congress.voting.trustees.papercode import PaperCopy
from tests.helpers.ceremonies import board, board_holders, whole

COPY = PaperCopy(3, bytes(range(8)), bytes(range(100, 132)))


@pytest.mark.parametrize(
    "typed",
    [
        COPY.payload,
        COPY.payload.lower(),
        "".join(COPY.lines),
        " ".join(codes.grouped(line) for line in COPY.lines),
    ],
)
def test_the_sheet_is_read_however_it_is_typed(typed: str) -> None:
    assert papercode.read(typed) == COPY


def test_a_share_comes_back_from_paper_and_the_public_transcript() -> None:
    ceremony, _ = board()
    for holder in board_holders():
        back = holder_of(papercode.read(holder.paper.lines), ceremony, "Congress")
        assert back.share == holder.share
        assert back.name == holder.name


def test_paper_of_another_board_is_refused() -> None:
    other = whole()[1][0].paper
    with pytest.raises(InputError, match=r"trustees\.foreign_share"):
        holder_of(other, board()[0], "Congress")


def test_paper_of_another_trustee_or_a_guessed_seed_is_refused() -> None:
    ceremony, own = board()[0], board_holders()[0].paper
    for bent in (
        PaperCopy(2, own.tag, own.seed),
        PaperCopy(9, own.tag, own.seed),
        PaperCopy(1, own.tag, bytes(32)),
    ):
        with pytest.raises(InputError, match=r"trustees\.foreign_share"):
            holder_of(bent, ceremony, "Congress")


def test_each_wrong_character_is_found_in_its_line() -> None:
    for place, line in enumerate(COPY.lines, start=1):
        for at, char in enumerate(line):
            wrong = codes.ALPHABET[(codes.ALPHABET.index(char) + 1) % 32]
            lines = list(COPY.lines)
            lines[place - 1] = line[:at] + wrong + line[at + 1 :]
            with pytest.raises(InputError) as error:
                papercode.read(lines)
            assert error.value.params == {"line": place}


def test_lines_in_another_order_or_missing_are_found() -> None:
    lines = list(COPY.lines)
    lines[1], lines[2] = lines[2], lines[1]
    with pytest.raises(InputError) as error:
        papercode.read(lines)
    assert error.value.params == {"line": 2}
    with pytest.raises(InputError, match=r"trustees\.misread"):
        papercode.read(COPY.lines[:5])
    with pytest.raises(InputError, match=r"trustees\.misread"):
        papercode.read(COPY.payload + "0")


def test_the_secret_is_in_no_text_form() -> None:
    assert "seed" not in repr(COPY)
