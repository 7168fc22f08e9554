import pytest

from congress.docs.expressions import (
    Tier,
    seam_expression,
    squeezed_expression,
    words_expression,
)
from congress.docs.search import matches, parse
from congress.docs.snippets import SNIPPET, snippet


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in matches(parse(query), text)]


@pytest.mark.parametrize(
    ("typed", "groups", "quoted", "unfinished"),
    [
        ("Bầu cử", (("bau",), ("cu",)), False, True),
        ("Bầu cử ", (("bau",), ("cu",)), False, False),
        ('the "secret ballot" rule', (("the",), ("secret", "ballot"), ("rule",)), True, True),
        ('"secret ballot"', (("secret", "ballot"),), True, False),
        ('"secret bal', (("secret", "bal"),), True, True),
        ('"secret bal ', (("secret", "bal"),), True, False),
        ('a "secret bal" ', (("a",), ("secret", "bal")), True, False),
        ("“lá phiếu”", (("la", "phieu"),), True, False),
        ('""', (), False, False),
        (" ?! ", (), False, False),
        ("", (), False, False),
        ("190-QĐ/TW", (("190",), ("qd",), ("tw",)), False, True),
    ],
)
def test_what_a_query_asks_for(
    typed: str, groups: tuple[tuple[str, ...], ...], *, quoted: bool, unfinished: bool
) -> None:
    query = parse(typed)
    assert (query.groups, query.quoted, query.unfinished) == (groups, quoted, unfinished)


def test_a_query_without_marks_asks_for_none() -> None:
    assert parse("bau cu").marked == ""
    assert parse(" Bầu  CỬ ").marked == "bầu cử"
    assert parse('"bầu cử"').marked == ""


@pytest.mark.parametrize(
    ("typed", "tier", "expression"),
    [
        ("secret bal", Tier.PHRASE, '"secret bal" *'),
        ("secret bal", Tier.TITLE, '"secret" AND "bal" *'),
        ("secret bal", Tier.NEAR, 'NEAR("secret" "bal" *, 10)'),
        ("secret", Tier.NEAR, None),
        ("secret bal", Tier.ALL, '"secret" AND "bal" *'),
        ("secret bal", Tier.ANY, '"secret" OR "bal" *'),
        ("secret ", Tier.PHRASE, '"secret"'),
        ("secret ", Tier.ALL, None),
        ('vote "by ballot"', Tier.PHRASE, '"vote" AND "by ballot"'),
        ('vote "by ballot"', Tier.ALL, None),
        ("?", Tier.PHRASE, None),
    ],
)
def test_words_expressions(typed: str, tier: Tier, expression: str | None) -> None:
    assert words_expression(parse(typed), tier) == expression


@pytest.mark.parametrize(
    ("typed", "tier", "expression"),
    [
        ("انسانی حقوق", Tier.PHRASE, '"انسانیحقوق"'),
        ("انسانی حقوق", Tier.ALL, '"انسانی" AND "حقوق"'),
        ("انسانی کا حقوق", Tier.ANY, '"انسانی" OR "حقوق"'),
        ('"انسانی حقوق"', Tier.PHRASE, '"انسانیحقوق"'),
        ('"انسانی حقوق"', Tier.ALL, None),
        ("کا", Tier.PHRASE, None),
        ("secret ballot", Tier.PHRASE, None),
        ("انسانی حقوق", Tier.NEAR, None),
    ],
)
def test_squeezed_expressions(typed: str, tier: Tier, expression: str | None) -> None:
    assert squeezed_expression(parse(typed), tier) == expression


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("secret bal", '"secret bal" *'),
        ("secret", None),
        ("", None),
        ('"by secret" vote', '"by secret"'),
        ('vote "by secret ballot', '"by secret ballot" *'),
        ('"the house" "of dele"', '"the house" OR "of dele"'),
    ],
)
def test_what_may_go_over_a_seam(typed: str, expression: str | None) -> None:
    assert seam_expression(parse(typed)) == expression


def test_a_single_letter_is_a_word_and_not_the_beginning_of_one() -> None:
    assert not parse("t").unfinished
    assert parse("th").unfinished


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("bau cu", "Cuộc bầu cử, và bầu\ncử lại", ["bầu cử", "bầu\ncử"]),
        ("bầu cử", "Cuộc bâ\u0300u cu\u031b\u0309 mới", ["bâ\u0300u cu\u031b\u0309"]),
        ("secret bal", "The secret ballot", ["secret bal"]),
        ("secret bal ", "The secret ballot", ["secret"]),
        ("art", "A party has art", ["art"]),
        ("ballot secret", "secret or open ballot", ["secret", "ballot"]),
        ('"open ballot"', "open; open ballot", ["open ballot"]),
        ("حقوق انسانی", "انسا نیحقوق", ["انسا نی", "حقوق"]),
        ("انسانی حقوق", "وہ انسا نیحقوق ہیں", ["انسا نیحقوق"]),
        ("nothing", "The secret ballot", []),
        ("?", "What?", []),
    ],
)
def test_which_words_answer(query: str, text: str, expected: list[str]) -> None:
    if query == "حقوق انسانی":
        assert set(marked(query, text)) == {"انسا نیحقوق"} or marked(query, text) == expected
    else:
        assert marked(query, text) == expected


def test_a_snippet_shows_the_match_and_a_little_before() -> None:
    text = "word " * 100 + "the secret\nballot here " + "more " * 100
    found = snippet(parse("secret ballot"), text)
    ((start, end),) = found.highlights
    assert found.text[start:end] == "secret ballot"
    assert found.text.startswith("…word")
    assert found.text.endswith("…")
    assert len(found.text) < SNIPPET + 20


def test_a_snippet_takes_the_place_with_the_most_matches() -> None:
    text = "vote " + "word " * 100 + "vote and vote again to vote " + "word " * 100
    assert len(snippet(parse("vote "), text).highlights) == 3


def test_a_snippet_would_rather_show_all_words_than_one_often() -> None:
    text = "vote vote vote " + "word " * 100 + "the vote is secret " + "word " * 100
    found = snippet(parse("secret vote "), text)
    assert [found.text[a:b] for a, b in found.highlights] == ["vote", "secret"]


def test_a_snippet_of_a_page_full_of_matches_is_found_at_once() -> None:
    found = snippet(parse("vote "), "vote " * 20_000)
    assert len(found.highlights) > 20


def test_a_short_page_is_shown_whole() -> None:
    found = snippet(parse("ballot"), "The ballot")
    assert (found.text, found.highlights) == ("The ballot", ((4, 10),))


def test_a_page_found_by_its_title_shows_its_beginning() -> None:
    found = snippet(parse("agenda"), "First item " * 50)
    assert found.text.startswith("First item")
    assert found.highlights == ()


def test_a_match_longer_than_a_snippet_is_shown_whole() -> None:
    phrase = "word " * 60
    found = snippet(parse(phrase), f"before {phrase}after")
    ((start, end),) = found.highlights
    assert found.text[start:end] == phrase.strip()


def test_exact_means_with_the_very_marks() -> None:
    assert snippet(parse("bầu cử"), "cuộc Bầu\nCử").exact
    assert not snippet(parse("bầu cử"), "cuộc bau cu").exact
    assert not snippet(parse("bau cu"), "cuộc bau cu").exact
