"""月度核对单: choose a month, see the sheet, print it for the leader to sign."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import button, label
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.usecases import monthly
from desktop.usecases.monthly import Month


class MonthPage(OfficePage):
    """The sheet of one month; making it is an event of its own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "month",
            _("月度核对单"),
            _("每月打印一张，经办人核对、审批领导签名后存档；以后凭它上面的链首核对数据文件。"),
            parent,
        )
        self._context = context
        self.months = Combo()
        self.months.setObjectName("month.months")
        self.months.setAccessibleName(_("核对月份"))
        self.make = button(_("制作(&M)"), "primary", "document_text")
        self.make.setObjectName("month.make")
        self.make.clicked.connect(self._make)
        self.preview = LetterPreview()
        self.preview.setObjectName("month.preview")
        self.head.addWidget(label(_("核对月份"), "quiet"))
        self.head.addWidget(self.months)
        self.head.addWidget(self.make)
        self.preview.show_message(_("选好月份，按“制作”。"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.preview, 1)
        self.setFocusProxy(self.months)

    def reload(self) -> None:
        """Offer the months since the first event."""
        today = self._context.today()
        self._context.ask(lambda office: monthly.months(office, today), self._offer)

    def has_unsaved(self) -> bool:
        """Nothing is typed here."""
        return False

    def _offer(self, months: Sequence[Month]) -> None:
        before = self.months.currentText()
        self.months.clear()
        for month in months:
            words = _("{year}年{month}月").format(year=month.year, month=month.month)
            self.months.addItem(words, month)
        self.months.setCurrentIndex(max(0, self.months.findText(before)))

    def _make(self) -> None:
        month, acting = self.months.currentData(), self._context.acting()
        if isinstance(month, Month):
            self._context.tasks.run(
                lambda office: (month, monthly.sheet(office, month, acting)),
                self._show,
                self._failed,
                changes=True,
            )

    def _show(self, made: tuple[Month, bytes]) -> None:
        month, pdf = made
        self.bar.clear()
        self.preview.show_letter(pdf, _("月度核对单 {month}").format(month=month))

    def _failed(self, error: BaseException) -> None:
        tell_trouble(self.bar, error)
