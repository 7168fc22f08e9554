"""Writes the verifier as one file that runs wherever there is Python 3.11 or newer."""

import zipfile
from pathlib import Path

_MAIN = """\
import sys

if sys.version_info < (3, 11):
    sys.exit("This verifier needs Python 3.11 or newer.")

from congress.verifier.main import main

if __name__ == "__main__":
    sys.exit(main())
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(path: Path) -> None:
    """Write the verifier to ``path`` (``.pyz``), the same bytes from the same source.

    Raises:
        OSError: It cannot be written.
    """
    folder = Path(__file__).parent
    with path.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "__main__.py", _MAIN)
            _add(archive, "congress/__init__.py", '"""Paperless Congress."""\n')
            for source in sorted(folder.glob("*.py")):
                _add(archive, f"congress/verifier/{source.name}", source.read_text("utf-8"))
    path.chmod(0o755)


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)
