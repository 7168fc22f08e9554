"""Opens the window from the command line, with the sample congress within reach."""

from congress.app import OpenCongress
from congress.demo import portraits
from congress.demo.sample import sample_at, sample_paper
from congress.kernel.progress import Progress
from congress.ui.application import run_window, samples_folder


def open_window(lang: str | None) -> int:
    """Show the welcome screen until the person closes it; return the exit status.

    Args:
        lang: Language, whatever was chosen before.
    """

    def sample(language: str, progress: Progress) -> OpenCongress:
        return sample_at(samples_folder(), language, progress=progress).open()

    return run_window(lang=lang, sample=sample if portraits.cached() else None, paper=sample_paper)
