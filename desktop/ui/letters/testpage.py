"""打印测试页: the sheet that measures a printer, and what the ruler says of it."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms import Form, NumberField
from desktop.ui.common.labels import button, label
from desktop.ui.common.preview import LetterPreview
from desktop.ui.context import Context
from desktop.ui.letters.words import printer_words
from desktop.ui.office.page import OfficePage
from desktop.usecases import lettercode
from desktop.usecases.lettercode import TRUE_SIZE, Printer


class TestPage(OfficePage):
    """Print the sheet, lay a ruler on it, type in four lengths, read what to do."""

    __test__ = False  # it is no test class, whatever pytest thinks of its name

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "testpage",
            _("打印测试页"),
            _("换了打印机或者驱动以后，先印一张测试页量一量：公文的版心应为 156 × 225 毫米。"),
            parent,
        )
        self._context = context
        self.preview = LetterPreview()
        self.preview.setObjectName("testpage.preview")
        names = {
            "width": _("方框宽(&W)"),
            "height": _("方框高(&H)"),
            "left": _("左边距(&L)"),
            "top": _("上边距(&T)"),
        }
        hint = _("应为 {n} 毫米")
        self.form = Form(
            [
                NumberField(
                    key, name, decimals=1, unit=_("毫米"), hint=hint.format(n=f"{TRUE_SIZE[key]:g}")
                )
                for key, name in names.items()
            ],
            context.today(),
        )
        self.form.name_inputs("testpage")
        self.verdict = MessageBar()
        self.verdict.setObjectName("testpage.verdict")
        self.judge_button = button(_("判断(&J)"), "primary", "checkmark")
        self.judge_button.setObjectName("testpage.judge")
        self.judge_button.clicked.connect(self.judge)
        self._lay_out()

    def reload(self) -> None:
        """Make the sheet, which never changes."""
        if not self.preview.page_count():
            today = self._context.today()
            self._context.ask(lambda _office: lettercode.print_test_page(today), self._show)

    def has_unsaved(self) -> bool:
        """Nothing is kept here."""
        return False

    def judge(self) -> None:
        """Say what the ruler says."""
        self.verdict.clear()
        self.form.clear_faults()
        if problems := self.form.problems():
            self.form.show_faults(problems)
            return
        values = self.form.values()
        typed = [values[key] for key in TRUE_SIZE]
        lengths = [float(value) for value in typed if isinstance(value, Decimal)]
        if len(lengths) < len(TRUE_SIZE):
            self.verdict.tell(Tone.WARN, _("四个长度都要量、都要填。"))
            return
        try:
            seen = lettercode.measure(*lengths)
        except Faults as error:
            self.form.show_faults(wording.faults_by_field(error))
            return
        tone = Tone.INFO if seen.printer is Printer.GOOD else Tone.WARN
        self.verdict.tell(tone, printer_words(seen), closable=False)

    def _show(self, pdf: bytes) -> None:
        self.preview.show_letter(pdf, _("打印测试页"))

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.LARGE, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(label(_("量到的长度"), "heading"))
        column.addWidget(self.form)
        column.addWidget(self.judge_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.verdict)
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(side)
        split.addWidget(self.preview)
        split.setChildrenCollapsible(False)
        split.setSizes([1 << 14, 1 << 15])
        self.body.setContentsMargins(theme.WIDE, 0, 0, 0)
        self.body.addWidget(split, 1)
        self.setFocusProxy(self.preview.print_button)
