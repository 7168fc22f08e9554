"""Reads the catalogues: one TOML file per area, the three languages of a text side by side.

::

    ["people.imported"]
    context = "Toast after an import; {count} is the number of persons"
    en = { one = "{count} person imported", other = "{count} persons imported" }
    vi = "Đã nhập {count} người"
    ur = { one = "...", other = "..." }

A text is a string, or a table of plural forms by CLDR category. The categories follow the
CLDR plural rules: English and Urdu have ``one`` (exactly 1) and ``other``; Vietnamese has
``other`` alone.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from congress.kernel.errors import BugError
from congress.kernel.settings import LANGUAGES

Text = str | Mapping[str, str]


@cache
def entries() -> Mapping[str, Mapping[str, Text]]:
    """Return every text of every catalogue, by key and then by language.

    Raises:
        BugError: Two catalogues hold the same key, or a text lacks a language.
    """
    found: dict[str, Mapping[str, Text]] = {}
    folder = files("congress.i18n") / "catalogues"
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if not item.name.endswith(".toml"):
            continue
        for key, texts in tomllib.loads(item.read_text(encoding="utf-8")).items():
            if key in found:
                raise BugError(f"{item.name}: the text {key} stands in two catalogues")
            if missing := [lang for lang in LANGUAGES if lang not in texts]:
                raise BugError(f"{item.name}: the text {key} lacks {', '.join(missing)}")
            found[key] = texts
    return found
