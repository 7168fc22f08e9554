from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.voting.stv import blt
from congress.voting.stv.blt import parse_blt, read_blt
from congress.voting.stv.model import RankedBallots

WHOLE = """3 1
-2
4 1 3 0
2 0
0
"Ann"
"Bình"
"چوہدری"
"Ward 4"
"""


def test_reads_candidates_withdrawals_ballots_and_title() -> None:
    found = parse_blt("\ufeff".lstrip("\ufeff") + WHOLE, "w.blt")
    assert found == RankedBallots(
        "Ward 4", ("Ann", "Bình", "چوہدری"), 1, ((4, (0, 2)), (2, ())), frozenset({1})
    )
    assert found.standing == (0, 2)


def test_blank_lines_comments_and_a_missing_title_are_passed_over() -> None:
    found = parse_blt('# a remark\n\n2 1\n\n1 2 0\n0\n"A"\n"B"\n', "w.blt")
    assert (found.candidates, found.title, found.ballots) == (("A", "B"), "", ((1, (1,)),))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("2\n", 1),
        ("2 x\n", 1),
        ("2 3\n", 1),
        ("0 0\n", 1),
        ("2 1\n1 3 0\n0\n", 2),
        ("2 1\n1 1 1 0\n0\n", 2),
        ("2 1\n1 1\n0\n", 2),
        ("2 1\n1 1 0\n", 2),
        ('2 1\n1 1 0\n0\n"A"\n', 4),
        ("2 1\n-1 2 0\n0\n", 2),
        ("2 1\n-3\n0\n", 2),
    ],
)
def test_what_cannot_be_read_is_named_by_its_row(text: str, row: int) -> None:
    with pytest.raises(InputError) as caught:
        parse_blt(text, "w.blt")
    assert (caught.value.code, caught.value.params) == ("blt.wrong", {"file": "w.blt", "row": row})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_blt(tmp_path / "none.blt")
    assert (caught.value.code, caught.value.params["file"]) == ("blt.missing", "none.blt")


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.blt"
    path.write_text(WHOLE, encoding="utf-8")
    monkeypatch.setattr(blt, "_MOST_BYTES", 10)
    with pytest.raises(InputError, match=r"^blt.too_large$"):
        read_blt(path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        parse_blt(text, "w.blt")
