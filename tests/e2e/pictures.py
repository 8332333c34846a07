"""The handbook's pictures: ``python -m tests.e2e.pictures [FOLDER]`` draws them anew.

The sample office is made on a fixed day, its pages are opened as a clerk opens them, and each is
kept as a small PNG of few colours. Without a folder they go where the handbook looks for them.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop import paths
from desktop.app import Places, Program
from desktop.ui.common.labels import Elided
from desktop.ui.common.preview import LetterPreview
from desktop.ui.complaints.tab import ComplaintsTab
from desktop.usecases import door, founding, sample
from desktop.usecases.office import Acting
from tests.e2e import line
from tests.e2e.hand import CTRL, Hand
from tests.ui.office_fixtures import DRAFT, LIGHT, session

#: The day in the pictures.
DAY = datetime(2026, 11, 20, 9, 5)
WIDTH, HEIGHT = 1200, 750
COLOURS = 96
#: What all pictures together may take, in bytes.
MOST = 2_500_000

K = Qt.Key


#: Where the office file seems to lie in the pictures, instead of on this machine.
SHOWN = "D:\\阳光台账"
#: Pages of the office that are shown.
PAGES = ("letters", "templates", "people", "calendar", "users", "backups", "log")
#: Pages that are mostly empty: what is cut out of them, as shares of the window.
CUTS = {
    "welcome": (0.12, 0.22, 0.88, 0.64),
    "unlock": (0.12, 0.10, 0.88, 0.86),
    "import": (0.0, 0.0, 1.0, 0.78),
    "backups": (0.0, 0.0, 1.0, 0.62),
    "people": (0.0, 0.0, 1.0, 0.62),
    "assessment-grid": (0.0, 0.0, 1.0, 0.75),
}


def small(png: Path) -> None:
    """Write a picture anew with few colours, which a screen hardly needs more of."""
    with Image.open(png) as seen:
        few = seen.convert("RGB")
        if cut := CUTS.get(png.stem):
            across, down = few.size
            left, top, right, bottom = cut
            few = few.crop(
                (int(left * across), int(top * down), int(right * across), int(bottom * down))
            )
    few.quantize(COLOURS, dither=Image.Dither.NONE).save(png, optimize=True)


class Round:
    """One walk through the window with a camera."""

    def __init__(self, hand: Hand, folder: Path) -> None:
        """Take the window; the office file lies in ``folder``."""
        self.hand = hand
        self._folder = folder

    def take(self, name: str) -> None:
        """Keep a picture."""
        self.hand.rest()
        self.hand.pause(0.3)
        self.shoot(name)

    def shoot(self, name: str) -> None:
        """Keep a picture while no office is open."""
        self.hand.pause(0.2)
        self._hide_places()
        self.hand.picture(name)
        small(self.hand.pictures / f"{name}.png")

    def _hide_places(self) -> None:
        """Let no folder of this machine stand in a picture."""
        own = str(self._folder)
        window = self.hand.window
        for one in (*window.findChildren(QLabel), *window.findChildren(Elided)):
            if one.isVisible() and own in one.text():
                said = one.text().replace(own, SHOWN).replace("/", "\\")
                (one.set_text if isinstance(one, Elided) else one.setText)(said)
        for line_ in self.hand.window.findChildren(QLineEdit):
            if line_.isVisible() and line_.text().startswith("/"):
                line_.setText(f"{SHOWN}\\{Path(line_.text()).name}")

    def doors(self, office: Path) -> None:
        """The first page, a new office, the door of an office."""
        window = self.hand.window
        self.hand.pause(0.3)
        self.shoot("welcome")
        window.welcome.start_new()
        self.hand.pause(0.3)
        self.shoot("new-office")
        page = window.welcome.new_page()
        assert page is not None
        page.cancelled.emit()
        window.unlock.ask(door.look(office))
        window.stack.setCurrentWidget(window.unlock)
        self.shoot("unlock")

    def beginning(self, folder: Path) -> None:
        """The first tab of a new office, with what is still to be done."""
        window, path = self.hand.window, folder / "新单位.db"
        founding.create_office(path, DRAFT, Acting(1, "王敏", DAY), LIGHT).close()
        window.open_office(path, session(path))
        self.hand.until(window.ready, "the new office")
        self.take("beginning")

    def today(self) -> None:
        """The first tab."""
        self.hand.window.show_tab("today")
        self.take("today")

    def complaints(self) -> None:
        """The register, a new complaint, why a day is the day, a letter being made."""
        hand, window = self.hand, self.hand.window
        window.show_tab("complaints")
        self.take("complaints")
        hand.key(K.Key_N, CTRL)
        hand.choose("channel", "信函")
        hand.write("received", "今天")
        hand.tick("identity", "实名")
        self.take("complaint-new")
        hand.key(K.Key_Escape)
        if hand.page_stays():
            hand.press_link("放弃")
        line.register_simple(
            hand, "单立新", "澄岳市公共交通公司", "公交线路调整没有公告", "12 路改线没有公告。"
        )
        line.see_why(hand)
        self.take("complaint-why")
        line.see_why(hand)
        line.decide(hand, "转办", receiver="澄岳市交通运输局", opinion="请交通局办理。")
        (hand.pictures / "complaint-decide-transfer.png").unlink()  # the borrowed step took it
        line._next(hand, "complaints")
        hand.pause(1.5)
        self.take("complaint-transfer")
        hand.key(K.Key_Escape)
        if hand.page_stays():
            hand.press_link("放弃")
        register = window.tab("complaints")
        assert isinstance(register, ComplaintsTab)
        register.start_import()
        self.take("import")
        hand.key(K.Key_Escape)
        register.prints.start_book()
        hand.rest()
        hand.key(K.Key_Return, CTRL)
        hand.pause(0.5)
        hand.rest()
        shown: Any = register.findChild(LetterPreview, "complaints.reader.preview")
        shown.zoom(0.9)
        self.take("register-book")
        hand.key(K.Key_Escape)

    def cases(self) -> None:
        """A case file."""
        self.hand.window.show_tab("casefiles")
        self.take("casefiles")

    def assessments(self) -> None:
        """The round and its grid."""
        hand = self.hand
        hand.window.show_tab("assessments")
        self.take("assessments")
        hand.click("assessments.score")
        self.take("assessment-grid")
        hand.click("assessments.grid.back")

    def pages(self) -> None:
        """The office's own pages."""
        for key in PAGES:
            self.hand.window.show_page(key)
            self.hand.pause(0.6)
            self.take(key)
        self.hand.window.show_tab("today")


def main(arguments: list[str]) -> int:
    """Take all pictures; 0 if they are small enough."""
    out = Path(arguments[0]) if arguments else paths.resources() / "handbook" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        office = own / "澄岳市.db"
        sample.make_sample(office, DAY.date())
        program = Program(application, Places(own / "s.ini", own / "log.txt", office), lambda: DAY)
        hand = Hand(program.window, out)
        program.window.resize(WIDTH, HEIGHT)
        program.window.show()
        walk = Round(hand, own)
        walk.doors(office)
        walk.beginning(own)
        program.window.open_sample()
        hand.until(program.window.ready, "the sample office")
        steps: tuple[Callable[[], None], ...] = (
            walk.today,
            walk.complaints,
            walk.cases,
            walk.assessments,
            walk.pages,
        )
        for step in steps:
            step()
            print(step.__name__, flush=True)
        program.window.discard()
        program.end()
    size = sum(path.stat().st_size for path in out.glob("*.png"))
    print(f"{len(list(out.glob('*.png')))} pictures, {size / 1e6:.2f} MB", flush=True)
    return 0 if size <= MOST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
