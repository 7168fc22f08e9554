"""Opens the window from the command line, with the sample congress within reach."""

from typing import TYPE_CHECKING

from congress.kernel.progress import Progress
from congress.ui.application import run_window, samples_folder

if TYPE_CHECKING:
    from congress.app import OpenCongress


def open_window(lang: str | None) -> int:
    """Show the welcome screen until the person closes it; return the exit status.

    Args:
        lang: Language, whatever was chosen before.
    """

    # The sample is imported when it is asked for: the window does not wait for it.
    def sample(language: str, progress: Progress) -> "OpenCongress":
        from congress.demo.sample import sample_at

        return sample_at(samples_folder(), language, progress=progress).open()

    def paper(language: str) -> tuple[str, bytes]:
        from congress.demo.sample import sample_paper

        return sample_paper(language)

    return run_window(lang=lang, sample=sample, paper=paper)
