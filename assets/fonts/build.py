"""Builds the shipped fonts from pinned packages of the npm registry.

Run ``python assets/fonts/build.py``: it fetches each package with ``npm pack``, compares its
sha512 with the pin below, takes the faces out, derives our own families, and writes
``SHA256SUMS``. The result is the same on every machine. ``--packages DIR`` takes tarballs
that are already there; ``--check`` only compares the files here with ``SHA256SUMS``.

Three families are our own, renamed as the Open Font License wishes:

* *Congress Nastaliq* is Noto Nastaliq Urdu 3.007, and *Congress Naskh* Noto Naskh Arabic,
  both without Latin letters and digits, which then come from Be Vietnam Pro. The new names
  also keep a system's older fonts from winning over ours (Debian's Noto Nastaliq Urdu 2.000
  is unreadable in Qt).
* *Congress Figures* is Be Vietnam Pro with digits of one width, for numbers that change;
  the original has proportional digits and no ``tnum`` feature.
"""

import argparse
import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SUMS = HERE / "SHA256SUMS"
FIGURES = "0123456789"
FIGURE_SHARE = 0.95
"""Width of a figure as a share of the proportional zero's."""
LATIN_END = 0x250
KEPT_LATIN = frozenset(map(ord, " !\"'()*+-./:<=>[]{|}\u00a0\u00ab\u00bb\u00ad"))


@dataclass(frozen=True)
class Package:
    """One npm package: its name and version, its integrity, and the faces to take from it."""

    name: str
    version: str
    integrity: str
    licence: str
    faces: dict[str, str]

    @property
    def tarball(self) -> str:
        """The file name that ``npm pack`` gives it."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


PACKAGES = (
    Package(
        "@expo-google-fonts/be-vietnam-pro",
        "0.4.1",
        "4o2bsqU1zcC6NZf5FRYB+7gE49waNWYOGc5c5qLfPgrSqqr61hS2Bz4TVPgxudO038tLydSyPxV8e79g8j5DpQ==",
        "OFL-BeVietnamPro.txt",
        {
            "400Regular/BeVietnamPro_400Regular.ttf": "BeVietnamPro-Regular.ttf",
            "400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf": "BeVietnamPro-Italic.ttf",
            "500Medium/BeVietnamPro_500Medium.ttf": "BeVietnamPro-Medium.ttf",
            "600SemiBold/BeVietnamPro_600SemiBold.ttf": "BeVietnamPro-SemiBold.ttf",
            "700Bold/BeVietnamPro_700Bold.ttf": "BeVietnamPro-Bold.ttf",
        },
    ),
    Package(
        "@expo-google-fonts/noto-naskh-arabic",
        "0.4.5",
        "KN73tROdoKQubTZ/ZsERCdAlZ1cBLRbRIe196tISAcPLgIqMvIgFCUs1xsrS/pe3fIYxT9l+c95sQF8wv48ijA==",
        "OFL-NotoNaskhArabic.txt",
        {
            "400Regular/NotoNaskhArabic_400Regular.ttf": "NotoNaskhArabic-Regular.ttf",
            "700Bold/NotoNaskhArabic_700Bold.ttf": "NotoNaskhArabic-Bold.ttf",
        },
    ),
    Package(
        "@expo-google-fonts/noto-nastaliq-urdu",
        "0.4.2",
        "ciSPIxljdusLFb66Ov5uP8vXNuP2/CPAxwHqF2lIHqQwxZ8YtYf1B9VGiK0hcwp4XqmX6/hog8QNgViWoY9KGg==",
        "OFL-NotoNastaliqUrdu.txt",
        {
            "400Regular/NotoNastaliqUrdu_400Regular.ttf": "CongressNastaliq-Regular.ttf",
            "700Bold/NotoNastaliqUrdu_700Bold.ttf": "CongressNastaliq-Bold.ttf",
        },
    ),
    Package(
        "@expo-google-fonts/amiri",
        "0.4.1",
        "JTZUZ4olyqGeXu5UBWVEerrbym/MD9U3wU8qzSg8z4qEtHFKAI3uPg2DuytfeRmJ6EppaHLYsYqpGerMOrpJeA==",
        "OFL-Amiri.txt",
        {
            "400Regular/Amiri_400Regular.ttf": "Amiri-Regular.ttf",
            "700Bold/Amiri_700Bold.ttf": "Amiri-Bold.ttf",
        },
    ),
)


def fetch(package: Package, folder: Path) -> bytes:
    """Return the package's tarball from ``folder``, fetched there first if it is missing.

    Raises:
        SystemExit: npm is missing or fails, or the package is not the pinned one.
    """
    path = folder / package.tarball
    if not path.exists():
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        except FileNotFoundError:
            raise SystemExit("npm is needed to fetch the fonts; install nodejs and npm") from None
        except subprocess.CalledProcessError as error:
            reason = f"npm could not fetch {package.name}: exit {error.returncode}"
            raise SystemExit(reason) from None
    data = path.read_bytes()
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")
    if digest != package.integrity:
        raise SystemExit(f"{package.tarball} is not the pinned package: sha512-{digest}")
    return data


def members(tarball: bytes) -> dict[str, bytes]:
    """Return the files of an npm tarball by their path inside it."""
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        found = {}
        for item in archive:
            stream = archive.extractfile(item)
            if stream is not None:
                found[item.name.removeprefix("package/")] = stream.read()
    return found


def _rename(font: TTFont, family: str) -> None:
    table = font["name"]
    style = table.getDebugName(17) or table.getDebugName(2)
    compact = family.replace(" ", "")
    weight = {400: "Regular", 600: "SemiBold", 700: "Bold"}[font["OS/2"].usWeightClass]
    names = {
        1: family if weight in ("Regular", "Bold") else f"{family} {weight}",
        2: style if weight in ("Regular", "Bold") else "Regular",
        3: f"1.0;{compact}-{weight}",
        4: f"{family} {weight}",
        6: f"{compact}-{weight}",
        16: family,
        17: weight,
    }
    for name_id, text in names.items():
        table.removeNames(nameID=name_id)
        table.setName(text, name_id, 3, 1, 0x409)


def _saved(font: TTFont) -> bytes:
    stream = io.BytesIO()
    font.save(stream, reorderTables=True)
    return stream.getvalue()


def urdu(data: bytes, family: str) -> bytes:
    """Return an Arabic-script font as ``family``, without Latin letters and digits."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    for table in font["cmap"].tables:
        for code in [c for c in table.cmap if c < LATIN_END and c not in KEPT_LATIN]:
            del table.cmap[code]
    _rename(font, family)
    return _saved(font)


def figures(data: bytes) -> bytes:
    """Return Be Vietnam Pro as *Congress Figures*: digits of one width, unkerned."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    cmap, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    width = round(FIGURE_SHARE * metrics[cmap[ord("0")]][0])
    for digit in FIGURES:
        name = cmap[ord(digit)]
        glyph = glyphs[name]
        glyph.removeHinting()
        shift = round((width - metrics[name][0]) / 2)
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, glyph.xMin)
    table = font["GPOS"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "kern":
            record.Feature.LookupListIndex = []
            record.Feature.LookupCount = 0
    _rename(font, "Congress Figures")
    return _saved(font)


def built(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each shipped file's name and content, from the tarballs in ``folder``."""
    for package in PACKAGES:
        files = members(fetch(package, folder))
        yield package.licence, files["LICENSE_FONT"]
        for source, target in package.faces.items():
            data = files[source]
            family, style = target.split("-")
            if family == "CongressNastaliq":
                yield target, urdu(data, "Congress Nastaliq")
                continue
            yield target, data
            if family == "NotoNaskhArabic":
                yield f"CongressNaskh-{style}", urdu(data, "Congress Naskh")
            if family == "BeVietnamPro" and style in ("Regular.ttf", "SemiBold.ttf"):
                yield f"CongressFigures-{style}", figures(data)


def differing() -> list[str]:
    """Return the names whose file here is missing or differs from ``SHA256SUMS``."""
    wrong = []
    for line in SUMS.read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ")
        path = HERE / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


def main() -> None:
    """Build the fonts, or check them."""
    parser = argparse.ArgumentParser(description="Build the shipped fonts.")
    parser.add_argument("--packages", type=Path, help="folder that holds or takes the tarballs")
    parser.add_argument("--check", action="store_true", help="only compare with SHA256SUMS")
    arguments = parser.parse_args()
    if arguments.check:
        if wrong := differing():
            raise SystemExit(f"these fonts differ from SHA256SUMS: {', '.join(wrong)}")
        return
    with tempfile.TemporaryDirectory() as temporary:
        files = dict(built(arguments.packages or Path(temporary)))
    for name, data in files.items():
        (HERE / name).write_bytes(data)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    SUMS.write_text("".join(sums), encoding="ascii")
    sys.stdout.write(f"{len(files)} files\n")


if __name__ == "__main__":
    main()
