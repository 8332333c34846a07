"""单位和人员: the units under the office's eye and their people, added and renamed here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.forms import ChoiceField, Field, LineField
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.labels import button, label
from desktop.ui.common.listview import ListView
from desktop.ui.common.pills import Filter, FilterBar
from desktop.ui.common.table import RIGHT, Column, ListModel
from desktop.ui.context import Context
from desktop.ui.office.editcard import EditCard
from desktop.ui.office.page import OfficePage
from desktop.usecases import people
from desktop.usecases.drafts import Draft
from desktop.usecases.office import Done, Office
from desktop.usecases.people import UNIT_KINDS, Directory
from desktop.usecases.records import Person, Unit

_Command = tuple[str, str, Callable[[], None]]  # object name, text, what it does


class PeoplePage(OfficePage):
    """Units left, people right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "people",
            _("单位和人员"),
            _("登记、立案和考核时从这里选择。改名以后，已经印发的文书不变。"),
            parent,
        )
        self._context = context
        self._known = Directory((), (), ())
        self._units: ListModel[Unit] = ListModel(self._unit_columns(), lambda u: u.id)
        self._persons: ListModel[Person] = ListModel(self._person_columns(), lambda p: p.id)
        self.units: ListView[Unit] = ListView(self._units, _("单位"), context.settings)
        self.persons: ListView[Person] = ListView(self._persons, _("人员"), context.settings)
        self.unit_card = EditCard("people.unit", _unit_fields(), context)
        self.person_card = EditCard("people.person", _person_fields(), context)
        self.filter = FilterBar([Filter("own", _("所选单位")), Filter("all", _("全部人员"))])
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.units)

    def reload(self) -> None:
        """Read units and people anew; what is being typed stays."""
        self._context.ask(people.directory, self._show)

    def has_unsaved(self) -> bool:
        """Whether a card holds something not yet kept."""
        return self.unit_card.has_unsaved() or self.person_card.has_unsaved()

    def leave(self) -> None:
        """Put an open card away first; then go back."""
        card = next((c for c in (self.unit_card, self.person_card) if not c.isHidden()), None)
        if card is not None:
            card.leave()
        else:
            super().leave()

    # -- showing -------------------------------------------------------------------------------

    def _show(self, known: Directory) -> None:
        self._known = known
        self._context.directory = known
        self._units.set_rows(known.units)
        if self.units.current_row() is None and known.units:
            self.units.selectRow(0)
        editor = self.person_card.form.editor("unit")
        assert isinstance(editor, ChoiceEditor)
        editor.set_choices([(unit.id, unit.name) for unit in known.units])
        self._show_persons()

    def _show_persons(self) -> None:
        unit = self.units.current_row()
        own = [p for p in self._known.persons if unit is not None and p.unit == unit.id]
        self.filter.set_filters(
            [
                Filter("own", unit.name if unit is not None else _("所选单位"), len(own)),
                Filter("all", _("全部人员"), len(self._known.persons)),
            ]
        )
        shown: Sequence[Person] = own if self.filter.current() == "own" else self._known.persons
        self._persons.set_rows(shown)

    # -- doing ---------------------------------------------------------------------------------

    def _add_unit(self) -> None:
        if self._context.refuses("unit.save"):
            return
        self.unit_card.open_card(_("添加单位"), None, {"name": "", "kind": UNIT_KINDS[0]})

    def _edit_unit(self) -> None:
        unit = self.units.current_row()
        if unit is not None and not self._context.refuses("unit.save"):
            self.unit_card.open_card(_("修改单位"), unit.id, {"name": unit.name, "kind": unit.kind})

    def _add_person(self) -> None:
        if self._context.refuses("person.save"):
            return
        unit = self.units.current_row()
        values = {"name": "", "unit": unit.id if unit is not None else None, "post": ""}
        self.person_card.open_card(_("添加人员"), None, values)

    def _edit_person(self) -> None:
        person = self.persons.current_row()
        if person is not None and not self._context.refuses("person.save"):
            values = {"name": person.name, "unit": person.unit, "post": person.post}
            self.person_card.open_card(_("修改人员"), person.id, values)

    def continue_draft(self, draft: Draft) -> None:
        """Open the card of a draft, once the names are read."""
        self._context.ask(lambda _office: draft, self._open_draft)

    def _open_draft(self, draft: Draft) -> None:
        of_unit, known = draft.place.form == "people.unit", draft.place.subject_id
        if not known:
            (self._add_unit if of_unit else self._add_person)()
        elif of_unit:
            if self.units.select(known):
                self._edit_unit()
        else:
            self.filter.choose("all")
            self._show_persons()
            if self.persons.select(known):
                self._edit_person()

    def _save_unit(self, key: object, values: dict[str, object]) -> None:
        name, kind = str(values["name"]), str(values["kind"] or "")
        unit = key if isinstance(key, int) else None
        acting = self._context.acting()

        def job(office: Office) -> Done[int]:
            return people.save_unit(office, unit, name, kind, acting)

        self._context.do(job, self._unit_saved, self.unit_card.refuse)

    def _unit_saved(self, done: Done[int]) -> None:
        name = self.unit_card.accept()
        self._tell_saved(_("已保存单位“{name}”。").format(name=name), done)

    def _save_person(self, key: object, values: dict[str, object]) -> None:
        name, post, unit = str(values["name"]), str(values["post"]), values["unit"]
        person = key if isinstance(key, int) else None
        unit_id = unit if isinstance(unit, int) else None
        acting = self._context.acting()

        def job(office: Office) -> Done[int]:
            return people.save_person(office, person, name, unit_id, post, acting)

        self._context.do(job, self._person_saved, self.person_card.refuse)

    def _person_saved(self, done: Done[int]) -> None:
        name = self.person_card.accept()
        self._tell_saved(_("已保存人员“{name}”。").format(name=name), done)

    def _tell_saved(self, sentence: str, done: Done[int]) -> None:
        self._context.said.emit(sentence, done.event)
        self._context.directory_changed.emit()
        self.reload()

    # -- making --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.units.setObjectName("people.units")
        self.persons.setObjectName("people.persons")
        self.units.set_empty("building", _("还没有单位。"), _("添加单位"))
        self.persons.set_empty("people", _("还没有人员。"), _("添加人员"))
        self.units.wanted.connect(self._add_unit)
        self.persons.wanted.connect(self._add_person)
        self.units.current.connect(lambda _row: self._show_persons())
        self.units.chosen.connect(lambda _row: self._edit_unit())
        self.persons.chosen.connect(lambda _row: self._edit_person())
        self.filter.chosen.connect(lambda _key: self._show_persons())
        self.unit_card.wanted.connect(self._save_unit)
        self.person_card.wanted.connect(self._save_person)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        left = self._side(
            ("people.unit.add", _("添加单位(&U)"), self._add_unit),
            ("people.unit.edit", _("修改(&E)"), self._edit_unit),
            self.units,
            self.unit_card,
            label(_("单位"), "heading"),
        )
        right = self._side(
            ("people.person.add", _("添加人员(&P)"), self._add_person),
            ("people.person.edit", _("修改(&D)"), self._edit_person),
            self.persons,
            self.person_card,
            self.filter,
        )
        left.setContentsMargins(0, 0, theme.MEDIUM, 0)
        right.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self.body.addWidget(split, 1)

    def _side(
        self,
        add: _Command,
        edit: _Command,
        view: QWidget,
        card: QWidget,
        title: QWidget,
    ) -> QWidget:
        side = QWidget()
        bar = QHBoxLayout()
        bar.setSpacing(theme.SMALL)
        bar.addWidget(title, 1)
        for (name, text, slot), icon in ((add, "add"), (edit, "edit")):
            made = button(text, "", icon)
            made.setObjectName(name)
            made.clicked.connect(slot)
            self._context.allow(made, "unit.save" if "unit" in name else "person.save")
            bar.addWidget(made)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(bar)
        column.addWidget(view, 1)
        column.addWidget(card)
        return side

    def _unit_columns(self) -> list[Column[Unit]]:
        return [
            Column("name", _("单位名称"), lambda u: u.name, width=14, stretch=True),
            Column("kind", _("种类"), lambda u: u.kind, width=9),
            Column("people", _("人员"), self._count, align=RIGHT, width=3),
        ]

    def _person_columns(self) -> list[Column[Person]]:
        return [
            Column("name", _("姓名"), lambda p: p.name, width=5),
            Column("post", _("职务"), lambda p: p.post, width=8),
            Column("unit", _("单位"), self._unit_name, width=12, stretch=True),
        ]

    def _count(self, unit: Unit) -> str:
        return str(sum(p.unit == unit.id for p in self._known.persons))

    def _unit_name(self, person: Person) -> str:
        return next((u.name for u in self._known.units if u.id == person.unit), "")


def _unit_fields() -> list[Field]:
    return [
        LineField("name", _("名称"), required=True),
        ChoiceField("kind", _("种类"), required=True, choices=[(k, k) for k in UNIT_KINDS]),
    ]


def _person_fields() -> list[Field]:
    return [
        LineField("name", _("姓名"), required=True, width=10),
        ChoiceField("unit", _("所在单位"), required=True),
        LineField("post", _("职务"), width=16),
    ]
