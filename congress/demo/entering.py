"""Signing in and out of the sample congress, as each of its members."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from congress.app import OpenCongress
from congress.demo.sample import PASSPHRASE
from congress.demo.walker import Walker
from congress.kernel.errors import BugError
from congress.ui.pages.home import HomePage
from congress.ui.pages.sign_in import SignInPage
from congress.ui.pages.welcome import WelcomePage


def opened(walker: Walker) -> OpenCongress:
    """Return the congress that is open in the window.

    Raises:
        BugError: None is open.
    """
    if walker.window.congress is None:
        raise BugError("no congress is open")
    return walker.window.congress


def sign_out(walker: Walker) -> WelcomePage:
    """Sign out, and return the page of welcome."""
    window = walker.window
    window.leave()
    walker.until(lambda: window.shell.path == WelcomePage.key, "signing out")
    return walker.current(WelcomePage)


def sign_in(walker: Walker, vault: Path, name: str, *, picture: str = "") -> OpenCongress:
    """Open the congress in ``vault`` as another member; ``picture`` names one of the form."""
    sign_out(walker)
    page = walker.page(SignInPage, str(vault))
    walker.type(page.name.editor, name, enter=False)
    walker.type(page.passphrase.editor, PASSPHRASE, enter=not picture)
    if picture:
        walker.picture(picture)
        walker.click(page.button)
    walker.until(lambda: walker.window.shell.path == HomePage.key, "signing in")
    walker.current(HomePage)
    return opened(walker)


def line(field: object) -> QLineEdit:
    """Return an editor as the line it is.

    Raises:
        BugError: It is no line.
    """
    if not isinstance(field, QLineEdit):
        raise BugError("there is no line to type into")
    return field
