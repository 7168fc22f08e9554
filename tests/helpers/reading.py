"""Stands for LibreOffice and Tesseract where they are not installed: small programs on a path."""

import stat
import sys
from pathlib import Path


def program(folder: Path, name: str, body: str) -> Path:
    """Write a Python program that can be run."""
    path = folder / name
    path.write_text(f"#!{sys.executable} -I\nimport sys, os, time\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def tesseract(folder: Path, confidence: float = 90.0, languages: str = "eng vie urd") -> Path:
    """Write a Tesseract that reads ``read by <language>`` on every page, this sure of it."""
    listed = "\\n".join(languages.split())
    return program(
        folder,
        "tesseract",
        f"""
if "--list-langs" in sys.argv:
    print("List of available languages (3):\\n{listed}")
    sys.exit()
head = sys.stdin.buffer.read(2)
sys.stdin.buffer.read()
assert head == b"P5", head
language = sys.argv[sys.argv.index("-l") + 1]
sure = {confidence} if language != "urd" else 20.0
print("level\\tpage_num\\tblock_num\\tand so on")
for number, word in enumerate(["read", "by", language, "at", "last", "of", "all"], 1):
    line = 1 + (number > 3)
    print(5, 1, 1, 1, line, number, 0, 0, 9, 9, sure, word, sep="\\t")
""",
    )


def office(folder: Path, pdf: bytes, *, seconds: float = 0.0, log: Path | None = None) -> Path:
    """Write a LibreOffice that makes this PDF of everything, and may tell what it was given."""
    (folder / "made.pdf").write_bytes(pdf)
    told = (
        f"open({str(log)!r}, 'a').write(repr((sys.argv, dict(os.environ))) + '\\n')" if log else ""
    )
    return program(
        folder,
        "soffice",
        f"""
{told}
time.sleep({seconds})
out = sys.argv[sys.argv.index("--outdir") + 1]
os.mkdir(out)
source = sys.argv[-1]
assert open(source, "rb").read()
data = open({str(folder / "made.pdf")!r}, "rb").read()
open(os.path.join(out, "paper.pdf"), "wb").write(data)
""",
    )
