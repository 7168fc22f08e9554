"""How long a person waits for the window, and for the sample congress behind it.

Each figure is a whole process: the ratio to "Python and Qt alone", which imports PySide6 and
shows an empty window, is what our own code adds.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from congress.demo.sample import sample_at

RUNS = 5

QT_ALONE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.show(); app.processEvents()
"""
WELCOME = """
from congress.ui.application import application, make_window
from congress.ui.preferences import Preferences
from congress.ui import screenshots
window = make_window(application(), chosen=Preferences())
window.show(); screenshots.settle(window, 0)
window.shut_down()
"""
SECOND_RUN = """
import sys
from pathlib import Path
from congress.demo.sample import prepare, sample_at
from congress.ui.application import application, make_window
from congress.ui.preferences import Preferences
from congress.ui import screenshots
prepare()
sample = sample_at(Path(sys.argv[1]), "en")
window = make_window(application(), chosen=Preferences(), source=str(sample.film))
window.show()
window.enter(sample.open())
screenshots.settle(window, 0)
window.shut_down()
"""


def seconds(code: str, *arguments: str) -> float:
    """Return the median wall time of ``RUNS`` fresh processes that run ``code``."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "default.warning=false",
    }
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=environment)
        times.append(time.perf_counter() - begun)
    return median(times)


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        sample_at(Path(folder), "en")
        alone = seconds(QT_ALONE)
        rows = (
            ("Python and Qt alone", alone, ""),
            ("welcome screen, cold", seconds(WELCOME), "target <= 2 s"),
            ("a second `make run`", seconds(SECOND_RUN, folder), "target <= 5 s"),
        )
    for name, value, target in rows:
        print(f"{name:24} {value:6.2f} s  {value / alone:5.1f} x  {target}")  # noqa: T201


if __name__ == "__main__":
    main()
