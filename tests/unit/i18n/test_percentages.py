"""Every percentage that a person reads comes from one function, so that no two can differ."""

import re
from pathlib import Path

import congress
from congress.i18n.catalogue import entries

ROOT = Path(congress.__file__).parent
FORMATTED = re.compile(r"\}\s?[%٪]")
LENGTHS = {"ui/widgets/text.py", "docs/flowsplit.py"}
"""Heights and widths of style sheets, which nobody reads."""


def test_no_module_writes_a_percentage_of_its_own() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if FORMATTED.search(path.read_text(encoding="utf-8"))
    }
    assert found - LENGTHS == {"i18n/translator.py"}


def test_no_text_puts_the_sign_behind_a_number_itself() -> None:
    for key, texts in entries().items():
        assert not FORMATTED.search(repr(texts)), key
