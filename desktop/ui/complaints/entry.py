"""What the pages 新登记 and 修改登记 share: the fields of the paper form, their draft, their faults."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.rules.complaints import ComplaintDraft, Identity, PersonTyped
from desktop.rules.faults import Faults
from desktop.rules.replies import ReplyWay
from desktop.text import N_, _
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    ChecksField,
    ChoiceField,
    DateField,
    Field,
    FilesField,
    Form,
    LineField,
    RadioField,
    RowsField,
    Section,
    SuggestField,
    TextField,
)
from desktop.ui.common.forms.rows import RowsEditor
from desktop.ui.common.forms.texts import LineEditor
from desktop.ui.complaints import values as read
from desktop.ui.complaints.page import StepPage
from desktop.ui.complaints.units import UnitEditor, UnitField
from desktop.ui.complaints.values import Values
from desktop.ui.context import Context
from desktop.usecases.office import Done, Office
from desktop.usecases.people import Directory, directory, save_unit
from desktop.usecases.register import Intake, Written

_PARTS = {"name": N_("姓名"), "phone": N_("电话"), "address": N_("地址")}


class EntryPage(StepPage):
    """A complaint as typed at the counter or from the envelope."""

    def __init__(
        self,
        context: Context,
        intake: Intake,
        name: str,
        words: tuple[str, str, str],
        form: Form,
        beside: QWidget,
    ) -> None:
        """`intake` holds the rulebook that the complaint stands under."""
        self._intake = intake
        super().__init__(context, name, words, form, beside)
        form.edited.connect(self._follow)
        form.edited.connect(self._know_people)
        self._units().adding.connect(self._add_unit)
        self._units().add_button.setObjectName(f"{name}.add_unit")

    def fault_sentences(self, faults: Faults) -> Mapping[str, str]:
        said: dict[str, str] = {}
        for fault in faults.faults:
            words = wording.fault_words(fault)
            key, *rest = fault.field.split(".")
            if fault.field == "complainants" and fault.code == "required":
                words = _("请登记投诉举报人；来件没有署名的，署名方式请选“匿名”。")
            if len(rest) == 2:
                words = _("第 {row} 行“{part}”：{said}").format(
                    row=int(rest[0]) + 1, part=_(_PARTS[rest[1]]), said=words
                )
            place = fault.field if rest else key
            said[place] = f"{said[place]}\n{words}" if place in said else words
        return said

    # -- what follows from what was typed ------------------------------------------------------

    def _follow(self, key: str) -> None:
        values = self.form.values()
        if key == "channel":
            self.form.set_hint("received", self._intake.receipt(read.text(values, "channel")))
        elif key == "identity":
            anonymous = values["identity"] is Identity.ANONYMOUS
            self.form.set_shown("complainants", not anonymous)
            people = self.form.editor("complainants")
            if values["identity"] == Identity.JOINT and isinstance(people, RowsEditor):
                people.at_least(2)  # a row for the other one is there at once
            self._show_reply(anonymous=anonymous)
        elif key == "reply_way":
            self._show_reply(anonymous=values["identity"] is Identity.ANONYMOUS)
        if key in ("received", "identity", "origin_day", "origin_due"):
            self._forecast()
        elif key == "accused_unit":
            self._know_unit(read.number(values, "accused_unit"))

    def _show_reply(self, *, anonymous: bool) -> None:
        """Ask only for what the chosen way of answering needs; nobody known, nothing to ask."""
        form = self.form
        way = read.one_of(form.kept(), "reply_way", ReplyWay)
        joint = not anonymous and form.kept()["identity"] == Identity.JOINT
        form.set_shown("reply_way", not anonymous)
        form.set_shown("representative", joint)
        for key, wanted in (
            ("reply_address", ReplyWay.POST),
            ("reply_postcode", ReplyWay.POST),
            ("reply_email", ReplyWay.EMAIL),
        ):
            form.set_shown(key, not anonymous and way is wanted)

    def _know_people(self, key: str) -> None:
        """Who complained does not stay on the clipboard when it is copied from here."""
        values = self.form.values()
        if key == "complainants":
            rows = read.rows(values, key)
            self.context.shown(str(one) for row in rows for one in row.values())
            speaker = self.form.editor("representative")
            assert isinstance(speaker, LineEditor)
            speaker.suggest([read.text(row, "name") for row in rows])
        elif key in ("reply_address", "reply_email"):
            self.context.shown([read.text(values, key)])

    def _written(self, identity: Identity | None) -> Written | None:
        """What the clocks follow from, as far as it is typed; None while no day can be told."""
        values, today = self.form.values(), self.context.today()
        received = read.day(values, "received")
        if received is None or identity is None or received > today or received.year < 2000:
            return None
        days = (read.day(values, key) for key in ("origin_day", "origin_due"))
        return Written(received, identity, *days)

    def _forecast(self) -> None:
        """Show when the complaint is due, as far as it can be told from what was typed."""
        raise NotImplementedError

    def _know_unit(self, unit: int | None) -> None:
        """Offer the persons of the unit."""
        person = self.form.editor("accused_person")
        assert isinstance(person, LineEditor)
        listed = self.context.directory.persons
        person.suggest([one.name for one in listed if one.unit == unit])

    # -- a unit that is missing ----------------------------------------------------------------

    def _units(self) -> UnitEditor:
        editor = self.form.editor("accused_unit")
        assert isinstance(editor, UnitEditor)
        return editor

    def _add_unit(self, name: str, kind: str) -> None:
        acting = self.context.acting()

        def work(office: Office) -> Done[tuple[int, Directory]]:
            done = save_unit(office, None, name, kind, acting)
            return Done((done.value, directory(office)), done.event)

        self.context.do(work, self._added, self._not_added)

    def _added(self, done: Done[tuple[int, Directory]]) -> None:
        unit, directory = done.value
        self.context.directory = directory
        self.context.directory_changed.emit()
        editor = self._units()
        editor.set_units(directory.units)
        editor.set_value(unit)
        editor.close_panel()
        name = next(one.name for one in directory.units if one.id == unit)
        self.context.said.emit(_("已添加单位“{name}”。").format(name=name), done.event)

    def _not_added(self, error: BaseException) -> None:
        words = wording.error_words(error)
        if words is None:
            self.refuse(error)
        else:
            self._units().panel.tell(words)


def entry_fields(context: Context, intake: Intake) -> list[Field | Section]:
    """The fields in the order of the paper form."""
    book = intake.book
    channel = ChoiceField(
        "channel",
        _("来件方式(&C)"),
        required=True,
        choices=[(one.id, one.name) for one in book.channels],
    )
    grounds = ChecksField(
        "grounds",
        _("事由(&G)"),
        required=True,
        choices=[(one.id, one.text) for one in book.grounds],
    )
    # A place whose text names no channels or grounds is not asked for any.
    return [
        *([channel] if book.channels else []),
        DateField("received", _("收到日期(&D)"), required=True),
        RadioField(
            "identity",
            _("署名方式(&I)"),
            required=True,
            choices=[(one, _(wording.IDENTITIES[one])) for one in Identity],
        ),
        RowsField(
            "complainants",
            _("投诉举报人(&P)"),
            required=True,
            hint=_("身份信息依法保密：不随转办函转出，查看时留有记录。"),
            columns=[LineField(key, name, narrow=key == "phone") for key, name in _PARTS.items()],
            widths=(3, 4, 6),
            add_text=_("添加一人"),
        ),
        *_reply_fields(),
        UnitField(
            "accused_unit", _("被投诉单位(&U)"), required=True, units=context.directory.units
        ),
        SuggestField("accused_person", _("被投诉人员(&R)"), hint=_("不清楚的可以不填。")),
        *([grounds] if book.grounds else []),
        LineField(
            "subject", _("主题(&T)"), required=True, placeholder=_("一句话，转办函和告知书里会用到")
        ),
        TextField("text", _("反映内容(&W)"), required=True, lines=5, most=16),
        Section(
            _("诉求和附件(&M)"),
            [
                TextField("demands", _("诉求(&Q)"), lines=2),
                FilesField("attachments", _("附件(&A)")),
            ],
        ),
        Section(
            _("来源（上级交办、部门转来的填写）(&O)"),
            [
                LineField(
                    "origin", _("来源单位"), hint=_("交办或者转来的机关；直接收到的不用填。")
                ),
                LineField("origin_number", _("来文编号")),
                DateField("origin_day", _("来文日期")),
                DateField("origin_due", _("要求回复日期")),
            ],
        ),
    ]


def _reply_fields() -> list[Field]:
    """How the complainants want to be answered, and where (答复方式、答复地址)."""
    return [
        SuggestField(
            "representative",
            _("代表人"),
            width=12,
            hint=_("联名的，答复发给代表人；不填的，发给全体。"),
        ),
        ChoiceField(
            "reply_way",
            _("答复方式(&Y)"),
            choices=[(one, _(wording.REPLY_WAYS[one])) for one in ReplyWay],
        ),
        LineField("reply_address", _("答复地址"), hint=_("不填的，寄到上面登记的地址。")),
        LineField("reply_postcode", _("邮政编码"), width=6, narrow=True),
        LineField("reply_email", _("电子邮箱"), narrow=True),
    ]


def draft_of(values: Values) -> ComplaintDraft:
    """Put what was typed into the draft that the use case checks."""
    people = tuple(
        PersonTyped(read.text(row, "name"), read.text(row, "phone"), read.text(row, "address"))
        for row in read.rows(values, "complainants")
    )
    return ComplaintDraft(
        channel=read.text(values, "channel"),
        received=read.day(values, "received"),
        identity=read.one_of(values, "identity", Identity) or Identity.REAL_NAME,
        complainants=people,
        accused_unit=read.number(values, "accused_unit"),
        accused_person=read.text(values, "accused_person"),
        grounds=read.texts(values, "grounds"),
        subject=read.text(values, "subject"),
        text=read.text(values, "text"),
        demands=read.text(values, "demands"),
        attachments=read.files(values, "attachments"),
        origin=read.text(values, "origin"),
        origin_number=read.text(values, "origin_number"),
        origin_day=read.day(values, "origin_day"),
        origin_due=read.day(values, "origin_due"),
        reply_way=read.one_of(values, "reply_way", ReplyWay),
        representative=read.text(values, "representative"),
        reply_address=read.text(values, "reply_address"),
        reply_postcode=read.text(values, "reply_postcode"),
        reply_email=read.text(values, "reply_email"),
    )
