"""A question before something grave: what it means, a reason for the log, and a way back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.faults import fault
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.forms import Form, LineField
from desktop.ui.common.labels import button, label, selectable


class ReasonDialog(QDialog):
    """Sentences, one line for the reason, the act and 取消; `given` holds the reason."""

    given = Signal(str)

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        act: str,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reason")
        self.setWindowTitle(title)
        self.bar = MessageBar()
        hint = _("写进操作记录，以后可以查到。")
        self.form = Form([LineField("reason", _("理由(&R)"), required=True, hint=hint)], today)
        self.act_button = button(act, "primary")
        self.act_button.setObjectName("reason.act")
        self.act_button.clicked.connect(self._act)
        self.act_button.setDefault(True)
        cancel = button(_("取消"))
        cancel.setObjectName("reason.cancel")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.act_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(label(title, "heading", wrap=True))
        for sentence in sentences:
            column.addWidget(selectable(sentence))
        column.addWidget(self.bar)
        column.addWidget(self.form)
        column.addLayout(row)
        self.form.setMinimumHeight(theme.em(7.5))  # a wrapping form has no height of its own
        self.resize(theme.em(36), 0)
        self.form.enter_first()

    def _act(self) -> None:
        reason = str(self.form.values()["reason"]).strip()
        if not reason:
            self.form.show_faults({"reason": wording.fault_words(fault("reason", "required"))})
            return
        self.accept()
        self.given.emit(reason)
