"""A PDF of three labelled pages with links: inside, outside, and one that starts a program."""

from tests.helpers.papers import _file

_LINKS = (
    ("72 700 200 720", "/Dest [6 0 R /XYZ 0 700 0]"),
    ("72 660 200 680", "/A << /S /URI /URI (https://example.org/rules) >>"),
    ("72 620 200 640", "/A << /S /GoTo /D [8 0 R /Fit] >>"),
    ("72 580 200 600", "/A << /S /Launch /F (calc.exe) >>"),
    ("72 540 72 540", "/Dest [6 0 R /Fit]"),
)


def linked_pdf() -> bytes:
    """Return the PDF; its pages are labelled i, ii and 1."""
    annotations = "".join(
        f"<< /Type /Annot /Subtype /Link /Rect [{area}] {goal} >>" for area, goal in _LINKS
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >> >>",
        "<< /Type /Pages /Kids [4 0 R 6 0 R 8 0 R] /Count 3 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(("To the second part", "The second part", "The third part")):
        content = f"BT /F1 12 Tf 72 705 Td ({words}) Tj ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Contents {5 + 2 * number} 0 R {f'/Annots [{annotations}]' if not number else ''} "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return _file(objects, "")
