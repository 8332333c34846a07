"""恢复单: the sheet seen and printed, and two of its characters read back from the paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Form, FormPage, LineField, NoteField
from desktop.ui.common.preview import LetterPreview
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.lending import Lending, lending_fields
from desktop.usecases import recovery, users
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.users import Lender, UserRow


class RecoverySheetPage(QWidget):
    """Makes the recovery sheet; `closed` when it was made, or put off where that is allowed.

    A new office is not worked in before there is a sheet: ``required`` takes the way back away.
    """

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self._context = context
        self.required = False
        self._on_paper = self._shown = False
        self.preview = LetterPreview()
        self.preview.setObjectName("recovery.preview")
        self.preview.open_button.hide()  # it would leave a copy in the temporary folder
        self.preview.printed.connect(self._papered)
        self.preview.kept.connect(lambda _path: self._kept())
        self.form = Form(self._fields(), context.today())
        self.lending = Lending(self.form)
        self.page = FormPage(
            _("恢复单"),
            _("忘记密码、密钥文件丢失的时候，只有这张单能打开数据文件。"),
            self.form,
            _("已经封存，完成"),
            beside=self.preview,
        )
        self.page.name_parts("recovery")
        self.page.saved.connect(self._confirm)
        self.page.cancelled.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def _fields(self) -> list[LineField | NoteField]:
        steps = _(
            "1. 打印右边的恢复单（没有打印机的，另存到 U 盘，打印以后删掉）。\n"
            "2. 看着打印出来的纸，填写下面两个字，证明印得清楚。\n"
            "3. 装入信封密封，存入保险柜。"
        )
        return [
            *lending_fields(),  # type: ignore[list-item]
            NoteField("steps", "", text=steps),
            LineField("sign.0", _("第一处(&1)"), required=True, width=4),
            LineField("sign.1", _("第二处(&2)"), required=True, width=4),
        ]

    def require(self, *, required: bool) -> None:
        """Take the way back away until there is a sheet, or give it back."""
        self.required = required
        self.page.let_leave(not required)

    def reload(self) -> None:
        """Make the sheet anew."""
        self._on_paper = False
        acting = self._context.acting()
        self._context.tasks.run(
            lambda office: _read(office, None, acting), self._show, self._failed
        )

    def has_unsaved(self) -> bool:
        """Nothing typed here is worth keeping."""
        return False

    def forget(self) -> None:
        """Show no key any more."""
        self.preview.show_message("")
        self.lending.forget()
        self.form.set_values({"sign.0": "", "sign.1": ""})

    def _show(self, seen: "_Seen") -> None:
        self.lending.offer(seen.lenders)
        self.lending.show(needed=not seen.pdf)
        self._shown = bool(seen.pdf)
        for key in ("steps", "sign.0", "sign.1"):
            self.form.set_shown(key, self._shown)
        self.page.save_button.setText(_("已经封存，完成") if self._shown else _("显示恢复单"))
        ask = _("数据密钥第 {n} 字")
        for key, place in zip(("sign.0", "sign.1"), seen.places, strict=True):
            self.form.set_hint(key, ask.format(n=place))
        if seen.pdf:
            self.preview.show_letter(seen.pdf, _("恢复单"))
            self.form.enter("sign.0")
        else:
            self.preview.show_message(_("请先提供身份密钥。"))

    def _borrow(self) -> None:
        lender, acting = self.lending.read(self.form.values()), self._context.acting()
        self._context.tasks.run(
            lambda office: _read(office, lender, acting), self._show, self._failed
        )

    def _papered(self) -> None:
        self._on_paper = True
        self.page.bar.clear()

    def _kept(self) -> None:
        self._papered()
        self.page.bar.tell(Tone.WARN, _("打印以后请把这个 PDF 文件删掉，并清空回收站。"))

    def _confirm(self, values: dict[str, object]) -> None:
        if not self._shown:
            self._borrow()
        elif not self._on_paper:
            self.page.bar.tell(Tone.WARN, _("请先打印恢复单，或者另存后打印。"))
        else:
            self._check(values)

    def _check(self, values: dict[str, object]) -> None:
        typed = [str(values["sign.0"]), str(values["sign.1"])]
        acting = self._context.acting()

        def job(office: Office) -> Done[None]:
            return recovery.confirm_sheet(office, typed, acting)

        self._context.do(job, self._confirmed, self._failed)

    def _confirmed(self, _done: Done[None]) -> None:
        self.forget()
        self.require(required=False)
        self._context.said.emit(_("恢复单已经做好，请密封存入保险柜。"), 0)
        self.closed.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.page.bar, error)

    def _leave(self) -> None:
        if self.required:
            return
        self.forget()
        self.closed.emit()


class _Seen:
    """What the worker found: the sheet, or who could lend the key for it."""

    def __init__(self, pdf: bytes, places: tuple[int, int], lenders: tuple[UserRow, ...]) -> None:
        self.pdf, self.places, self.lenders = pdf, places, lenders


def _read(office: Office, lender: Lender, acting: Acting) -> _Seen:
    places = recovery.asked_places(office)
    if lender is None and not office.session.sees_identity:
        return _Seen(b"", places, users.lenders(office))
    identity = users.identity_key(office, lender)
    return _Seen(recovery.sheet(office, identity, acting), places, ())
