"""Who complained: masked until a clerk says why, and masked again as soon as the record is left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.flow import FlowLayout, clear
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.forms.field import mark
from desktop.ui.common.labels import button, card, label, selectable
from desktop.ui.common.permission import allow
from desktop.ui.complaints import words
from desktop.usecases.looking import LOOK_REASONS
from desktop.usecases.records import Complainant


class Complainants(QWidget):
    """The mask with 查看, which asks why; `wanted(reason, words)` asks for the names.

    They come by `reveal`; `hidden` once they are masked again.
    """

    wanted = Signal(str, str)
    hidden = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mask = label()
        self._look = button(_("查看"), "link", "eye")
        self._look.setObjectName("complaints.reveal")
        self._look.setAccessibleName(_("查看投诉举报人"))
        self._look.clicked.connect(self._toggle)
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.TIGHT)
        self._open = False
        self._asking = self._question()
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self._mask)
        line.addWidget(self._look)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(line)
        column.addWidget(self._asking)
        column.addLayout(self._people)

    def allow(self, why_not: str) -> None:
        """Let the names be looked at, or say why the user may not."""
        allow(self._look, why_not)

    def show_mask(self, count: int, *, void: bool = False) -> None:
        """Say how many complained; nobody's name. What was registered of them may be void."""
        self._open = False
        self._asking.hide()
        clear(self._people)
        if count:
            self._mask.setText(_("●●●　共 {n} 人，身份保密").format(n=count))
        else:
            self._mask.setText(_("登记已经作废") if void else _("匿名，没有登记"))
        self._look.setVisible(count > 0)
        self._say()

    def reveal(self, people: Sequence[Complainant], reply: str = "") -> None:
        """Show them and how they want to be answered, once the look was written down."""
        self._open = True
        self._asking.hide()
        clear(self._people)
        self._mask.setText(_("共 {n} 人").format(n=len(people)))
        for person in people:
            parts = [person.name, person.phone, person.address]
            self._people.addWidget(selectable("　".join(part for part in parts if part)))
        if reply:
            self._people.addWidget(selectable(_("答复方式：{how}").format(how=reply)))
        self._say()

    def refuse(self, faults: dict[str, str]) -> None:
        """Say what is wrong with the reason."""
        self._fault.setText(" ".join(faults.values()))
        self._fault.setVisible(bool(faults))
        mark(self._reason.combo, faulty="reason" in faults)
        mark(self._more, faulty="more" in faults)

    def text(self) -> str:
        """Everything on screen."""
        rows = (self._people.itemAt(at) for at in range(self._people.count()))
        shown = [item.widget() for item in rows if item is not None]
        return "\n".join([self._mask.text(), *(w.text() for w in shown if hasattr(w, "text"))])

    def is_open(self) -> bool:
        """Whether names are on screen."""
        return self._open

    def is_asking(self) -> bool:
        """Whether the clerk is writing why he wants to look."""
        return not self._asking.isHidden()

    def _question(self) -> QFrame:
        """Why: a short list and a few words."""
        frame = card()
        choices = [(reason, words.look_reason(reason)) for reason in LOOK_REASONS]
        self._reason = ChoiceEditor(choices)
        self._reason.combo.setObjectName("complaints.reveal.reason")
        self._reason.combo.setAccessibleName(_("查看的理由"))
        self._reason.edited.connect(lambda: self.refuse({}))
        self._more = QLineEdit()
        self._more.setObjectName("complaints.reveal.more")
        self._more.setPlaceholderText(_("补充说明，可以不填"))
        self._more.setAccessibleName(_("补充说明"))
        self._more.setMinimumWidth(theme.em(12))
        self._more.returnPressed.connect(self._ask)
        go = button(_("查看"), "primary")
        go.setObjectName("complaints.reveal.go")
        go.clicked.connect(self._ask)
        self._fault = label("", "error", wrap=True)
        self._fault.hide()
        row = FlowLayout(None, theme.SMALL)
        for one in (self._reason.combo, self._more, go):
            row.addWidget(one)
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.TIGHT)
        column.addWidget(label(_("为什么要看？理由和查看一起记入操作记录。"), "hint", wrap=True))
        column.addLayout(row)
        column.addWidget(self._fault)
        frame.hide()
        return frame

    def _toggle(self) -> None:
        if self._open:
            self.show_mask(self._people.count())
            self.hidden.emit()
        elif self._asking.isHidden():
            self.refuse({})
            self._asking.show()
            self._reason.combo.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._asking.hide()

    def _ask(self) -> None:
        self.wanted.emit(str(self._reason.value() or ""), self._more.text())

    def _say(self) -> None:
        self._look.setText(_("隐去") if self._open else _("查看"))
        icons.dress(self._look, "eye_off" if self._open else "eye", "link")
