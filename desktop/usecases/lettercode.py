"""Looking a letter's code up in the book (查验二维码), and judging a printer by its test page."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from db.queries import letters as queries
from desktop import notices
from desktop.notices import Code, UnreadableCode
from desktop.notices.test_page import test_page as draw_test_page
from desktop.rules.faults import Faults, NotPermitted, fault
from desktop.usecases import letterbook, letters
from desktop.usecases.audit import AnchorVerdict, check_anchor
from desktop.usecases.letterbook import Row, Status
from desktop.usecases.office import Office


class Agreement(StrEnum):
    """What comes of looking a code (二维码) up in the book."""

    UNREADABLE = "unreadable"  # not the code of a letter
    UNKNOWN = "unknown"  # a letter this office does not have
    ALTERED = "altered"  # the number is ours, what the letter says is not
    DAMAGED = "damaged"  # ours, but the bytes kept are gone or changed
    VOID = "void"  # ours, and void
    GOOD = "good"  # ours, and as it was made


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code says and whether this office has that letter."""

    agreement: Agreement
    code: Code | None = None
    row: Row | None = None
    anchor: AnchorVerdict | None = None
    """Whether the file still holds the head of the log (链首) that the code names."""

    @property
    def spoilt(self) -> bool:
        """Whether the number as scanned is not the number in the book: scanners spoil Chinese."""
        return (
            self.code is not None
            and self.row is not None
            and self.code.number != self.row.letter.number
        )


def verify(office: Office, text: str) -> Verdict:
    """Look the text of a code up in the book (查验二维码); nothing is changed by it."""
    try:
        code = notices.read_code(text)
    except UnreadableCode:
        return Verdict(Agreement.UNREADABLE)
    verdict = _in_book(office, code)
    return replace(verdict, anchor=check_anchor(office, code.anchor)) if code.anchor else verdict


def _in_book(office: Office, code: Code) -> Verdict:
    found = queries.by_digest(office.db, code.digest)
    if found is None:
        same = queries.by_number(office.db, code.number)
        if same is None:
            return Verdict(Agreement.UNKNOWN, code)
        return Verdict(Agreement.ALTERED, code, letterbook.entry(office, same.id).row)
    row = letterbook.entry(office, found.id).row
    try:
        letters.pdf(office, found.id)
    except LookupError:
        return Verdict(Agreement.DAMAGED, code, row)
    except NotPermitted:  # it is under seal: its bytes are for others to look at
        pass
    return Verdict(Agreement.VOID if row.status is Status.VOID else Agreement.GOOD, code, row)


def print_test_page(today: date) -> bytes:
    """Return the page that measures a printer (打印测试页)."""
    return draw_test_page(today)


#: What the ruler should show on the test page, in mm: width, height, left and upper margin.
TRUE_SIZE = {"width": 156.0, "height": 225.0, "left": 28.0, "top": 37.0}
_TOLERANCE = 1.0
_SAME_SCALE = 0.006


class Printer(StrEnum):
    """What the ruler says of a printer."""

    GOOD = "good"
    SCALED = "scaled"  # everything smaller or larger by one ratio
    STRETCHED = "stretched"  # width and height differ
    SHIFTED = "shifted"  # the size is right, the place is not


@dataclass(frozen=True, slots=True)
class Measured:
    """A printed test page under the ruler: the ratio to true size, and how far it is displaced."""

    printer: Printer
    scale: float
    right: float
    down: float


def measure(width: float, height: float, left: float, top: float) -> Measured:
    """Judge a printer by what was measured on its test page, in millimetres.

    Raises:
        Faults: a length that can not be.
    """
    given = {"width": width, "height": height, "left": left, "top": top}
    wrong = [
        fault(key, "length")
        for key, value in given.items()
        if not TRUE_SIZE[key] / 3 <= value <= TRUE_SIZE[key] * 2
    ]
    if wrong:
        raise Faults(wrong)
    across, along = width / TRUE_SIZE["width"], height / TRUE_SIZE["height"]
    right, down = left - TRUE_SIZE["left"], top - TRUE_SIZE["top"]
    if abs(width - 156) <= _TOLERANCE and abs(height - 225) <= _TOLERANCE:
        placed = abs(right) <= _TOLERANCE and abs(down) <= _TOLERANCE
        printer = Printer.GOOD if placed else Printer.SHIFTED
    else:
        printer = Printer.SCALED if abs(across - along) <= _SAME_SCALE else Printer.STRETCHED
    return Measured(printer, (across + along) / 2, right, down)
