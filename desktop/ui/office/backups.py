"""备份与恢复: where backups go and how they stand, every backup there is, going back to one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.backups import Reason
from desktop.text import N_, _, ngettext_
from desktop.ui.common import theme
from desktop.ui.common.forms.files import size_text
from desktop.ui.common.labels import button, label, plain, selectable
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.rolewords import refused_words
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.page import OfficePage
from desktop.ui.office.reason import ReasonDialog
from desktop.usecases import backups, keeping
from desktop.usecases.backups import BackupLine, BackupsSeen, Loss, Where
from desktop.usecases.office import Done, Office

_REASONS = {
    Reason.HOURLY: N_("每小时"),
    Reason.EXIT: N_("退出时"),
    Reason.HAND: N_("手动"),
    Reason.SECOND: N_("第二个盘"),
    Reason.MIGRATION: N_("升级前"),
    Reason.IMPORT: N_("导入前"),
    Reason.RESTORE: N_("恢复前"),
}
_WHERE = {Where.OWN: N_("本机"), Where.SECOND: N_("第二个盘")}
_NAMED = 12  # records named by number in the preview; the rest is counted


class BackupsPage(OfficePage):
    """Three cards and a list; what it wants done is done by the window's keeper."""

    make_wanted = Signal()
    second_wanted = Signal()
    drill_wanted = Signal()
    restore_wanted = Signal(object, str)  # BackupLine, reason

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "backups",
            _("备份与恢复"),
            _(
                "有改动时每小时自动备份一次，退出、升级、导入和恢复之前也各备份一次；"
                "每一份都重新打开核对过才算数。"
            ),
            parent,
        )
        self._context = context
        self._seen: BackupsSeen | None = None
        self._asking: BackupLine | None = None
        self.dialog: ReasonDialog | None = None
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self.own = _Card("backups.own", _("本机备份"))
        self.second = _Card("backups.second", _("第二个盘"))
        self.drill = _Card("backups.drill", _("恢复演练"))
        self.make_button = self.own.add(_("现在备份(&B)"), "save", self.make_wanted.emit)
        self.place_button = self.own.add(_("换文件夹(&F)…"), "folder", self._choose_place)
        self.copy_button = self.second.add(_("备份到第二个盘(&2)"), "save", self.second_wanted.emit)
        self.second_button = self.second.add(_("选定(&S)…"), "folder", self._choose_second)
        self.journal = QCheckBox(_("续写日志：每一步都同时写到第二个盘(&J)"))
        self.journal.setObjectName("backups.journal")
        self.journal.clicked.connect(self._choose_journal)
        self.second.body.addWidget(self.journal)
        self.drill_button = self.drill.add(_("现在演练(&D)"), "play", self.drill_wanted.emit)
        self.model: ListModel[BackupLine] = ListModel(_columns(), lambda line: line.key)
        self.list: ListView[BackupLine] = ListView(self.model, _("备份"), context.settings)
        self.list.setObjectName("backups.list")
        self.list.set_empty("archive", _("还没有备份。"))
        self.list.current.connect(lambda _row: self._enable())
        self.list.chosen.connect(lambda _row: self._ask_restore())
        self.restore_button = button(_("恢复到这一份(&H)…"), "", "history")
        self.restore_button.setObjectName("backups.restore")
        self.restore_button.clicked.connect(self._ask_restore)
        self._lay_out()
        self.setFocusProxy(self.list)

    def reload(self) -> None:
        """Read the backups anew."""
        now = self._context.clock()
        self._context.ask(lambda office: backups.look(office, now), self._show)

    def has_unsaved(self) -> bool:
        """Nothing is typed here."""
        return False

    # -- showing -------------------------------------------------------------------------------

    def _show(self, seen: BackupsSeen) -> None:
        self._seen = seen
        self.model.set_rows(seen.lines)
        self.own.show_lines(_own_words(seen))
        self.second.show_lines(_second_words(seen))
        self.drill.show_lines(_drill_words(seen))
        choosing = _("更换(&S)…") if seen.second else _("选定(&S)…")
        self.second_button.setText(choosing)
        self.second_button.setAccessibleName(plain(choosing))
        self.journal.setChecked(seen.journal)
        self._enable()

    def _enable(self) -> None:
        seen, row = self._seen, self.list.current_row()
        may_set = self._context.may("office.setting")
        may_restore = self._context.may("backup.restore")
        there = seen is not None and seen.second_there
        self.copy_button.setEnabled(there)
        chosen = seen is not None and seen.second is not None
        absent = _("第二个盘不在，请先插上。") if chosen else _("请先选定第二个盘。")
        self.copy_button.setToolTip("" if there else absent)
        self.place_button.setEnabled(may_set)
        self.second_button.setEnabled(may_set)
        self.journal.setEnabled(may_set and seen is not None and seen.second is not None)
        self.restore_button.setEnabled(may_restore and row is not None and row.complete)
        session = self._context.session
        if session is not None and not may_restore:
            self.restore_button.setToolTip(refused_words("backup.restore", session.roles))
        if session is not None and not may_set:
            why = refused_words("office.setting", session.roles)
            for one in (self.place_button, self.second_button, self.journal):
                one.setToolTip(why)

    # -- choosing ------------------------------------------------------------------------------

    def _choose_place(self) -> None:
        seen = self._seen
        if seen is not None and (chosen := self.ask_folder(_("备份放在哪个文件夹"))):
            self._save(chosen, str(seen.second or ""), seen.journal)

    def _choose_second(self) -> None:
        seen = self._seen
        if seen is not None and (chosen := self.ask_folder(_("第二个盘上的文件夹"))):
            self._save(seen.chosen, chosen, seen.journal)

    def _choose_journal(self) -> None:
        seen = self._seen
        if seen is not None:
            wanted = self.journal.isChecked()
            self._save(seen.chosen, str(seen.second or ""), wanted)

    def _save(self, place: str, second: str, journal: bool) -> None:
        acting = self._context.acting()

        def job(office: Office) -> Done[None]:
            done = backups.choose_places(office, place, second, journal, acting)
            keeping.start_journal(office)
            return done

        self._context.do(job, self._saved, self._failed)

    def _saved(self, done: Done[None]) -> None:
        self._context.said.emit(_("已保存备份的位置。"), done.event)
        self.reload()

    def _failed(self, error: BaseException) -> None:
        tell_trouble(self.bar, error)
        self.reload()

    def _ask_folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title)

    # -- going back ----------------------------------------------------------------------------

    def _ask_restore(self) -> None:
        row = self.list.current_row()
        if row is None or not self.restore_button.isEnabled():
            return
        self._asking = row
        self._context.ask(lambda office: backups.loss(office, row.made), self._preview)

    def _preview(self, loss: Loss) -> None:
        row = self._asking
        if row is None:
            return
        self.dialog = ReasonDialog(
            _("恢复到 {at} 的备份").format(at=f"{row.at:%Y-%m-%d %H:%M}"),
            _loss_words(loss),
            _("关闭数据文件并恢复"),
            self._context.today(),
            self,
        )
        self.dialog.given.connect(lambda reason: self.restore_wanted.emit(row, reason))
        self.dialog.open()

    # -- making --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(theme.MEDIUM)
        for card, share in ((self.own, 3), (self.second, 4), (self.drill, 3)):
            cards.addWidget(card, share)
        row = QHBoxLayout()
        row.addWidget(label(_("可以恢复的备份"), "heading"))
        row.addStretch(1)
        row.addWidget(self.restore_button)
        self.body.addLayout(cards)
        self.body.addLayout(row)
        self.body.addWidget(self.list, 1)


class _Card(QFrame):
    """A heading, some lines, buttons."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.lines = selectable()
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SMALL)
        self._row.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(title, "heading"))
        column.addWidget(self.lines)
        column.addLayout(self.body)
        column.addStretch(1)
        column.addLayout(self._row)

    def add(self, text: str, icon: str, slot: Callable[[], object]) -> QPushButton:
        """Add a button."""
        made = button(text, "", icon)
        made.clicked.connect(lambda: slot())
        self._row.insertWidget(self._row.count() - 1, made)
        return made

    def show_lines(self, lines: list[str]) -> None:
        """Show what there is to say."""
        self.lines.setText("\n".join(lines))


def _own_words(seen: BackupsSeen) -> list[str]:
    newest = next((line for line in seen.lines if line.where is Where.OWN), None)
    found = [
        _("最近一份：{at}").format(at=f"{newest.at:%Y-%m-%d %H:%M}") if newest else _("还没有备份")
    ]
    if newest is not None:  # without a backup there is no “since”
        found.append(_("这以后有改动") if seen.changed else _("这以后没有改动"))
    found.append(_("放在：{place}").format(place=seen.place))
    return found


def _second_words(seen: BackupsSeen) -> list[str]:
    if seen.second is None:
        return [_("还没有选定。U 盘或者移动硬盘都可以，平时不要插在电脑上。")]
    last = seen.last_second
    found = [
        _("最近一次：{at}").format(at=f"{last:%Y-%m-%d %H:%M}") if last else _("还没有备份过"),
        _("放在：{place}").format(place=seen.second),
    ]
    if not seen.second_there:
        found.append(_("现在找不到它，请插好。"))
    elif seen.same_disk:
        found.append(_("它和数据文件在同一个盘上：盘坏了会一起丢失，请换一个盘。"))
    return found


def _drill_words(seen: BackupsSeen) -> list[str]:
    last = seen.last_drill
    found = [
        _("最近一次：{at}").format(at=f"{last:%Y-%m-%d %H:%M}") if last else _("还没有演练过"),
        _("把最近的备份恢复到临时文件夹，打开、核对，再删去；不影响正在用的数据文件。"),
    ]
    if seen.drill_due and last:  # what was never done is not overdue by a month
        found.insert(1, _("已经超过一个月"))
    return found


def _loss_words(loss: Loss) -> list[str]:
    """What going back would lose, in sentences; records by number only."""
    if not loss.events:
        found = [_("这一份备份以后没有新的操作，恢复不会丢失内容。")]
    else:
        said = ngettext_(
            "这一份备份以后的 {n} 步操作会丢失，从 {first} 到 {last}。",
            "这一份备份以后的 {n} 步操作会丢失，从 {first} 到 {last}。",
            loss.events,
        )
        found = [
            said.format(
                n=loss.events,
                first=f"{loss.first:%Y-%m-%d %H:%M}",
                last=f"{loss.last:%Y-%m-%d %H:%M}",
            )
        ]
    if not loss.same_history:
        found.append(_("这一份备份出自另一段历史（以前恢复过），两边的操作不能合在一起。"))
    if loss.numbers:
        named = "、".join(loss.numbers[:_NAMED])
        rest = len(loss.numbers) - _NAMED
        more = ngettext_("，还有 {n} 件", "，还有 {n} 件", rest).format(n=rest) if rest > 0 else ""
        found.append(_("涉及：{numbers}{more}。").format(numbers=named, more=more))
    found.append(
        _(
            "现在的数据文件不会删除：先备份一次，再移到旁边的文件夹里。"
            "恢复以后，其他用户用备份当时的密码登录。"
        )
    )
    return found


def _columns() -> list[Column[BackupLine]]:
    return [
        Column("at", _("时间"), lambda b: f"{b.at:%Y-%m-%d %H:%M}", lambda b: b.at, width=9),
        Column("reason", _("原因"), lambda b: _(_REASONS[b.reason]), width=6),
        Column("where", _("位置"), lambda b: _(_WHERE[b.where]), width=6),
        Column(
            "size",
            _("大小"),
            lambda b: size_text(b.made.size),
            lambda b: b.made.size,
            RIGHT,
            width=6,
        ),
        Column(
            "event",
            _("到第几号操作"),
            lambda b: str(b.made.head.seq),
            lambda b: b.made.head.seq,
            RIGHT,
            width=7,
        ),
        Column("version", _("程序版本"), lambda b: b.made.note.version, width=6),
        Column("state", _("核对"), _state_words, width=6, status=_state, stretch=True),
    ]


def _state_words(line: BackupLine) -> str:
    return _("已核对") if line.complete else _("不完整")


def _state(line: BackupLine) -> Status:
    return Status.DONE if line.complete else Status.OVERDUE


def restored_words(path: Path) -> str:
    """Return what is said after a restoring."""
    folder = path.with_suffix(".replaced").name
    return _("已恢复。原来的数据文件移到了文件夹“{folder}”。").format(folder=folder)
