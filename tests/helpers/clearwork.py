"""Work on papers with planted words, run by ``test_nothing_in_the_clear`` under strace."""

import sys
from pathlib import Path

from congress.app import create_congress, open_congress
from congress.cli.secrecy import keep_memory_private
from congress.docs.pdfium import Pdf
from congress.kernel.roles import Clearance, Role
from congress.kernel.settings import Settings
from tests.helpers.vaults import CHEAP, PASSPHRASE


def work(vault: Path, papers: Path) -> None:
    """Do to a congress in ``vault`` what a secretariat does, with the files in ``papers``."""
    with create_congress(vault, Settings("Kestrelhall"), PASSPHRASE, kdf=CHEAP) as congress:
        lan = congress.vault.add_member("Ottermember", Role.DELEGATE, "a passphrase of hers")
        group = congress.groups.add("Heronry", [lan.id])
        for name, clearance in (("a.pdf", Clearance.SECRET), ("b.docx", Clearance.DELEGATES)):
            congress.library.import_file(papers / name, clearance=clearance, title="Puffinpaper")
    with open_congress(vault, PASSPHRASE) as congress:
        library = congress.library
        assert library.search("quetzalcoat plumage")
        for paper in library.papers():
            library.reading_html(paper.id)
            library.cover(paper.id)
            with library.open(paper.id) as reader:
                if paper.kind == "pdf":
                    with Pdf(reader) as drawn:
                        assert drawn.render(0, 1.0).width
                        assert "quetzalcoat" in drawn.text(0)
            library.change_clearance(paper.id, Clearance.RESTRICTED, group.id)
        congress.groups.change(group.id, "Heronry", [])
        assert library.search("quetzalcoat")
        for paper in library.papers():
            library.remove(paper.id)


if __name__ == "__main__":
    keep_memory_private()
    work(Path(sys.argv[1]), Path(sys.argv[2]))
