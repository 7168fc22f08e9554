"""Rows and tables as they stand in a file."""

from congress.kernel.table import Row, Table


def test_a_row_of_spaces_is_blank() -> None:
    assert Row(3, ("", " \t")).blank
    assert not Row(3, ("", "a")).blank


def test_a_table_is_as_wide_as_its_widest_row() -> None:
    assert Table("a.csv", (Row(1, ("a",)), Row(2, ("a", "b", "c")))).width == 3
    assert Table("a.csv", ()).width == 0
