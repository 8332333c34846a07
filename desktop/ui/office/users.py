"""用户和权限: who can unlock the office file, and the table of what each role may do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.roles import sees_identity
from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import Tone
from desktop.ui.common.forms import Field
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.palette import Status
from desktop.ui.common.panes import side_by_side
from desktop.ui.common.rolewords import roles_words
from desktop.ui.common.table import Column, ListModel
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.editcard import EditCard
from desktop.ui.office.lending import Lending, lending_fields
from desktop.ui.office.page import OfficePage
from desktop.ui.office.rights import rights_table
from desktop.ui.office.userfields import (
    password_fields,
    person_fields,
    read_user,
    repeat_fault,
    tell_strength,
)
from desktop.usecases import users
from desktop.usecases.office import Done, Office
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.users import UserRow

_Seen = tuple[tuple[UserRow, ...], tuple[UserRow, ...]]


class UsersPage(OfficePage):
    """Users left, what the roles may do right; only 管理员 come here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "users",
            _("用户和权限"),
            _("每个人用自己的密码登录，每一步操作记在他名下。不要合用一个密码。"),
            parent,
        )
        self._context = context
        self._model: ListModel[UserRow] = ListModel(_columns(), lambda u: u.id)
        self.list: ListView[UserRow] = ListView(self._model, _("用户"), context.settings)
        self.list.setObjectName("users.list")
        self.card = EditCard("users", _fields(), context)
        self.lending = Lending(self.card.form)
        self._removing: UserRow | None = None
        self.rights = QTextBrowser()
        self.rights.setAccessibleName(_("各个角色能做什么"))
        self.rights.setFrameShape(QTextBrowser.Shape.NoFrame)
        # a word too long for its column makes the column wider instead of being cut in two
        self.rights.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        theme.on_change(self._renew)
        self._renew()

    def reload(self) -> None:
        """Read the users anew; what is being typed stays."""
        self._context.ask(_read, self._show)

    def has_unsaved(self) -> bool:
        """Whether the card holds something not yet kept."""
        return self.card.has_unsaved()

    def leave(self) -> None:
        """Put an open card away first; then go back."""
        if not self.card.isHidden():
            self.card.leave()
        else:
            super().leave()

    # -- showing -------------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        rows, lenders = seen
        self._model.set_rows(rows)
        if self.list.current_row() is None and rows:
            self.list.selectRow(0)
        if not self.card.has_unsaved():
            self.lending.offer(lenders)

    def _renew(self) -> None:
        self.rights.document().setDefaultFont(QGuiApplication.font())
        self.rights.document().setDocumentMargin(theme.SMALL)
        self.rights.setHtml(rights_table())

    # -- doing ---------------------------------------------------------------------------------

    def _add(self) -> None:
        self._open(_("添加用户"), None, ClerkDraft("", roles=frozenset()))

    def _edit(self) -> None:
        user = self.list.current_row()
        if user is not None:
            self._open(_("修改用户"), user, ClerkDraft(user.name, user.title, user.roles))

    def _open(self, title: str, user: UserRow | None, draft: ClerkDraft) -> None:
        self.bar.clear()
        own = user is not None and self._is_own(user)
        values = {
            "name": draft.name,
            "title": draft.title,
            "roles": tuple(draft.roles),
            "password": "",
            "again": "",
        }
        self.card.open_card(title, user.id if user is not None else None, values)
        self.lending.forget()
        for key in ("password", "again"):
            self.card.form.set_shown(key, not own)
        self._needed = user is None
        said = "" if user is None or user.opens else _("他现在没有密码，不能登录。")
        if user is not None and user.opens:
            said = _("不填的，他的密码不变。")
        self._hint = said
        self.card.form.set_hint("password", said)
        self._follow("roles")
        self.card.form.mark_clean()

    def _follow(self, key: str) -> None:
        """The key to identities is lent only where the roles want it and a slot is written."""
        form = self.card.form
        if key in ("password", "name"):
            typed = str(form.values()["password"])
            tell_strength(form, name=str(form.values()["name"]))
            if not typed:
                form.set_hint("password", self._hint)
        if key in ("password", "roles"):
            draft = read_user(form.values())
            wanted = sees_identity(draft.roles) and (self._needed or bool(draft.password))
            self.lending.show(needed=wanted and not self._context.sees_identity())

    def _save(self, key: object, values: dict[str, object]) -> None:
        faults = repeat_fault(values)
        if faults:
            self.card.save_button.setEnabled(True)
            self.card.form.show_faults(faults)
            return
        draft, acting = read_user(values), self._context.acting()
        lender = self.lending.read(values)
        user = key if isinstance(key, int) else None

        def job(office: Office) -> Done[str]:
            if user is None:
                done = users.add_user(office, draft, acting, lender)
                return Done(draft.name, done.event)
            users.change_user(office, user, draft, acting, lender)
            return Done(draft.name, 0)

        self._context.do(job, self._saved, self.card.refuse)

    def _saved(self, done: Done[str]) -> None:
        self.card.form.set_values({"password": "", "again": ""})
        self.lending.forget()
        self.card.save_button.setEnabled(True)
        self.card.close_card()
        said = _("已保存用户“{name}”；改了的角色，他下次登录起作用。")
        self._context.said.emit(said.format(name=done.value), 0)
        self._context.directory_changed.emit()
        self.reload()

    def _ask_remove(self) -> None:
        user = self.list.current_row()
        if user is None:
            return
        self._removing = user
        said = _(
            "去掉用户“{name}”？他不能再登录，办过的事仍记在他名下。"
            "他如果拷走过数据文件和密钥文件，旧密码仍能打开那份拷贝。"
        )
        self.bar.tell(
            Tone.WARN,
            said.format(name=user.name),
            ("keep", _("不去掉")),
            ("remove", _("去掉")),
            closable=False,
        )
        self.bar.focus_first()

    def _answer(self, key: str) -> None:
        self.bar.clear()
        user, self._removing = self._removing, None
        if key != "remove" or user is None:
            return
        acting = self._context.acting()

        def job(office: Office) -> Done[str]:
            users.remove_user(office, user.id, acting)
            return Done(user.name, 0)

        self._context.do(job, self._removed, self._failed)

    def _removed(self, done: Done[str]) -> None:
        self._context.said.emit(_("已去掉用户“{name}”。").format(name=done.value), 0)
        self._context.directory_changed.emit()
        self.reload()

    def _failed(self, error: BaseException) -> None:
        tell_trouble(self.bar, error)

    def _is_own(self, user: UserRow) -> bool:
        session = self._context.session
        return session is not None and session.clerk == user.id

    # -- making --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.set_empty("people", _("还没有用户。"), _("添加用户"))
        self.list.wanted.connect(self._add)
        self.list.chosen.connect(lambda _row: self._edit())
        self.card.wanted.connect(self._save)
        self.card.form.edited.connect(self._follow)
        self.bar.clicked.connect(self._answer)
        self._needed = True
        self._hint = ""

    def _lay_out(self) -> None:
        left = QWidget()
        bar = QHBoxLayout()
        bar.setSpacing(theme.SMALL)
        bar.addWidget(label(_("用户"), "heading"), 1)
        for name, text, icon, slot in (
            ("users.add", _("添加(&A)"), "add", self._add),
            ("users.edit", _("修改、设密码(&E)"), "edit", self._edit),
            ("users.remove", _("去掉(&D)"), "delete", self._ask_remove),
        ):
            made = button(text, "", icon)
            made.setObjectName(name)
            made.clicked.connect(slot)
            bar.addWidget(made)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.MEDIUM, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        table = QWidget()
        beside = QVBoxLayout(table)
        beside.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        beside.setSpacing(theme.SMALL)
        beside.addWidget(label(_("各个角色能做什么"), "heading"))
        beside.addWidget(self.rights, 1)
        inside = QWidget()
        under = QVBoxLayout(inside)
        under.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        under.addWidget(self.card)
        under.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QStackedWidget()
        right.addWidget(table)
        right.addWidget(scroll)
        self.card.shown.connect(lambda on: right.setCurrentIndex(1 if on else 0))
        split = side_by_side(left, right, (1, 1), [1 << 15, 1 << 15])
        self.body.addWidget(split, 1)


def _read(office: Office) -> _Seen:
    return users.users(office), users.lenders(office)


def _fields() -> list[Field]:
    return [*person_fields(), *password_fields(), *lending_fields()]


def _columns() -> list[Column[UserRow]]:
    return [
        Column("name", _("姓名"), lambda u: u.name, width=5),
        Column("title", _("职务"), lambda u: u.title, width=7),
        Column("roles", _("角色"), lambda u: roles_words(u.roles), width=10, stretch=True),
        Column("opens", _("密码"), _opens, width=6, status=_status),
    ]


def _opens(user: UserRow) -> str:
    return _("有") if user.opens else _("没有密码")


def _status(user: UserRow) -> Status | None:
    return None if user.opens else Status.SOON
