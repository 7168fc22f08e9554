"""One word for one thing: the terms of voting are the same in every catalogue."""

import re
from collections.abc import Iterator

import pytest

from congress.i18n.catalogue import entries

SHUNNED = {
    "vi": {
        "sổ ghi": "sổ cái",
        "mốc kiểm soát": "điểm kiểm soát|chốt kiểm",
        "dấu niêm": "mã niêm",
        "hòm phiếu": "(trong|vào) thùng",
        "thẻ bầu": "thẻ phiếu|thẻ bầu cử",
        "quy tắc": "thể lệ",
        "bàn bỏ phiếu": "bàn phiếu",
    },
    "ur": {
        "امین": "امانت دار",
        "کھاتہ": "کھاتا (?!ہے)",
        "ضابطہ": "قاعدہ|قاعدے",
        "کلید": "کنجی",
        "رمز بند": "مرموز|رمز شدہ|خفیہ کردہ|خفیہ شدہ|کرپٹ",
        "بیلٹ پرچی": "بیلٹ پیپر",
        "تصدیق نامہ": "سرٹیفکیٹ",
    },
}


def told(lang: str) -> Iterator[tuple[str, str]]:
    for key, texts in entries().items():
        text = texts[lang]
        yield from ((key, words) for words in ([text] if isinstance(text, str) else text.values()))


@pytest.mark.parametrize("lang", list(SHUNNED))
def test_no_text_calls_a_thing_of_voting_by_a_second_name(lang: str) -> None:
    for term, others in SHUNNED[lang].items():
        second = re.compile(others, re.IGNORECASE)
        found = [f"{key}: {words}" for key, words in told(lang) if second.search(words)]
        assert not found, f"the word is {term}"
        assert any(term in words.casefold() for _, words in told(lang))
