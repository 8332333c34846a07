"""What the steps of a self-test share: a folder, a clock, the window, the eyes; no step itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Program

#: A name that many programs lose: the second character lies beyond the basic plane (扩展区 E).
NAME = "单𬱖"
CLERK = "自检员"
#: Opens the office of the test, which is thrown away with its folder.
PASSWORD = "zijian-2026"
COLOURS = 12  # fewer different colours than this make no window, but an empty surface
PATIENCE = 60.0  # seconds; a slow PC under an antivirus is still a working PC


class Failed(Exception):
    """A step did not do what it should; the message says what was seen."""


@dataclass
class Trial:
    """One self-test under way.

    Args:
        application: Qt.
        clock: tells the time, as for the whole program.
        folder: where the office and the program's own files lie; gone afterwards.
        kept: where pictures and letters stay, beside the report.
    """

    application: QApplication
    clock: Callable[[], datetime]
    folder: Path
    kept: Path
    pictures: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    errors: list[BaseException] = field(default_factory=list)
    started: Program | None = None

    @property
    def office(self) -> Path:
        """Where the office file lies; its name holds what Chinese file names hold."""
        return self.folder / "自检 台账" / "自检单位.sunlight"

    @property
    def program(self) -> Program:
        """The running program.

        Raises:
            Failed: it was not started.
        """
        if self.started is None:
            raise Failed("the window was not opened")
        return self.started

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program run until something is so.

        Raises:
            Failed: it never was, or something unexpected happened meanwhile.
        """
        end = time.monotonic() + PATIENCE
        while not condition():
            self.application.processEvents()
            if self.errors:
                raise self.errors[0]
            if time.monotonic() > end:
                raise Failed(f"waited {PATIENCE:.0f} s in vain for {what}")
            # the worker needs the interpreter too: give it up for a moment
            time.sleep(0.005)

    def rest(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        for _again in range(3):
            self.until(self.program.window.ready, "the program to be at rest")
            self.pause(0.05)

    def pause(self, seconds: float) -> None:
        """Let the program run for a moment."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end, "time to pass")

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window.

        Raises:
            Failed: it can not be written.
        """
        self.pause(0.2)
        self.keep_picture(name, (widget or self.program.window).grab().toImage())

    def keep_picture(self, name: str, picture: QImage) -> None:
        """Keep a picture beside the report.

        Raises:
            Failed: it is empty, or can not be written.
        """
        seen = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 7)
            for y in range(0, picture.height(), 7)
        }
        if len(seen) < COLOURS:
            raise Failed(f"{name} shows {len(seen)} colours only: nothing was painted")
        target = self.kept / "pictures" / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(target)):
            raise Failed(f"the picture {name} can not be written")
        self.pictures.append(target.name)

    def keep_letter(self, name: str, pdf: bytes) -> Path:
        """Keep a letter beside the report."""
        target = self.kept / "letters" / f"{name}.pdf"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        self.letters.append(target.name)
        return target
