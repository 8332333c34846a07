"""The forms of the filings (备案): a report, how often they come, from when to when they print."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.rules.complaints import Outcome
from desktop.rules.filings import FilingDraft, Period, period_of
from desktop.text import N_, _, format_date
from desktop.ui.actionpage import EntryForm, Values
from desktop.ui.common import wording
from desktop.ui.common.forms import (
    ChoiceField,
    DateField,
    Field,
    FilesField,
    LineField,
    NoteField,
    RadioField,
    TextField,
)
from desktop.ui.complaints import values as read
from desktop.ui.complaints.units import UnitField
from desktop.ui.context import Context
from desktop.ui.registers.filingwords import NAME, PERIODS
from desktop.ui.registers.form import Job, reason_of
from desktop.usecases import filings
from desktop.usecases.filings import Duty, Missing, View
from desktop.usecases.office import Done
from desktop.usecases.records import Filing

_WHAT = (("outcome", N_("有查处结果")), ("nothing", N_("零报告（本期没有直接受理的投诉）")))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page reads: the filings, the duty, who has not reported, the periods to choose."""

    filings: tuple[Filing, ...]
    duty: Duty | None
    missing: Missing | None
    periods: tuple[Period, ...]


class FilingForm(EntryForm):
    """A unit's report: its number, the matter, what came of it, when it answered."""

    def __init__(self, context: Context, seen: Seen, entry: View | None = None) -> None:
        self._entry = entry.filing if entry else None
        name = f"{NAME}.correct" if entry else f"{NAME}.register"
        title = _("修改备案") if entry else _("登记备案")
        about = self._entry.number if self._entry else (seen.duty.citation if seen.duty else "")
        super().__init__(
            context, name, (title, about, _("登记(&S)")), _fields(context, seen, self._entry)
        )
        if self._entry is not None:
            known, here = _known(self._entry), self.form.values()
            self.form.set_values({key: value for key, value in known.items() if key in here})
        else:
            start: dict[str, object] = {"reported": context.today(), "what": "outcome"}
            over = seen.periods[1:]
            if over:
                start["period"] = over[0].key
            self.form.set_values(start)
        self.form.edited.connect(self._turn)
        self.form.set_shown("reason", self._entry is not None)
        self._turn("what")

    def job(self, values: Values) -> Job:
        draft = FilingDraft(
            unit=read.number(values, "unit"),
            reported=read.day(values, "reported"),
            period=self._period(values),
            nothing=values.get("what") == "nothing",
            unit_number=read.text(values, "unit_number"),
            received=read.day(values, "received"),
            subject=read.text(values, "subject"),
            outcome=read.one_of(values, "outcome", Outcome),
            handling=read.text(values, "handling"),
            answered=read.day(values, "answered"),
            attachments=read.files(values, "attachments"),
        )
        one, acting = self._entry, self.context.acting()
        if one is None:
            return lambda office: filings.register(office, draft, acting)
        reason = reason_of(values)

        return lambda office: Done(
            one.id, filings.correct(office, one.id, draft, reason, one.rev, acting).event
        )

    def sentence(self) -> str:
        if self._entry is None:
            return _("备案已登记。")
        return _("{number} 已修改。").format(number=self._entry.number)

    def _period(self, values: Values) -> str:
        """For which period it is; what was registered stays where nobody sets periods any more."""
        if "period" in values:
            return read.text(values, "period")
        return self._entry.period if self._entry else ""

    def _turn(self, key: str) -> None:
        """A zero report says nothing more."""
        if key == "what":
            said = self.form.values()["what"] != "nothing"
            for one in ("unit_number", "received", "subject", "outcome", "handling", "answered"):
                self.form.set_shown(one, said)


def _fields(context: Context, seen: Seen, entry: Filing | None) -> list[Field]:
    own = period_of(entry.period) if entry else None
    offered = dict.fromkeys([*seen.periods, *([own] if own else [])])
    period = ChoiceField(
        "period",
        _("所属期间(&Q)"),
        required=True,
        choices=[(one.key, str(one)) for one in offered],
    )
    return [
        UnitField(
            "unit",
            _("报备单位(&U)"),
            required=True,
            units=context.directory.units,
            can_add=False,
        ),
        DateField("reported", _("报备日期(&D)"), required=True),
        *([period] if seen.periods else []),
        RadioField(
            "what",
            _("报备内容(&C)"),
            required=True,
            choices=[(key, _(words)) for key, words in _WHAT],
        ),
        LineField("unit_number", _("单位编号(&N)"), hint=_("报备单位自己的编号；没有的不填。")),
        DateField("received", _("收到投诉日期(&E)"), required=True),
        LineField(
            "subject", _("反映事项(&T)"), required=True, hint=_("一句话；不写投诉举报人的姓名。")
        ),
        RadioField(
            "outcome",
            _("查处结论(&O)"),
            required=True,
            choices=[(one, _(wording.OUTCOMES[one])) for one in Outcome],
        ),
        TextField("handling", _("处理情况(&J)"), required=True, lines=3),
        DateField("answered", _("答复日期(&A)"), hint=_("答复投诉举报人的日期；没有答复的不填。")),
        FilesField("attachments", _("附件(&F)")),
        TextField("reason", _("修改理由(&R)"), required=True, lines=2),
    ]


def _known(one: Filing) -> dict[str, object]:
    return {
        "unit": one.unit,
        "reported": one.reported,
        "period": one.period or None,
        "what": "nothing" if one.no_cases else "outcome",
        "unit_number": one.unit_number,
        "received": one.received,
        "subject": one.subject,
        "outcome": Outcome(one.outcome) if one.outcome else None,
        "handling": one.handling,
        "answered": one.answered,
    }


class PrintForm(EntryForm):
    """From which day to which the list is printed."""

    def __init__(self, context: Context, make: Callable[[date, date], None]) -> None:
        self._make = make
        super().__init__(
            context,
            f"{NAME}.print",
            (_("打印备案表"), _("按报备日期，从哪一天到哪一天。"), _("预览(&S)")),
            [
                DateField("first", _("从(&A)"), required=True),
                DateField("last", _("到(&B)"), required=True),
            ],
        )
        today = context.today()
        self.form.set_values({"first": date(today.year, 1, 1), "last": today})

    def tell_unread(self, problems: Mapping[str, str]) -> None:
        """Nothing is done here that could be weighed: only what is missing is said as well."""
        self.form.show_faults({**self.form.unfilled(), **problems})

    def _save(self, values: Values) -> None:
        first, last = read.day(values, "first"), read.day(values, "last")
        faults = [key for key, day in (("first", first), ("last", last)) if day is None]
        if first is None or last is None:
            self.form.show_faults(dict.fromkeys(faults, _("请填写这一项。")))
        elif last < first:
            said = _("日期不能早于 {earliest}，请改正。").format(earliest=format_date(first))
            self.form.show_faults({"last": said})
        else:
            self.form.mark_clean()
            self._make(first, last)

    def sentence(self) -> str:
        return ""


class PeriodForm(EntryForm):
    """报备周期: how often units report, where the text does not say; the office's own setting."""

    def __init__(self, context: Context, duty: Duty) -> None:
        super().__init__(
            context,
            f"{NAME}.period",
            (_("报备周期（本单位自定）"), duty.citation, _("保存(&S)")),
            [
                NoteField(
                    "note",
                    _("说明"),
                    text=_(
                        "规则没有写明多久报一次。自定以后，一期结束时还没有报备的单位列在“今日”里；"
                        "没有投诉的，登记一份零报告。"
                    ),
                ),
                RadioField(
                    "period",
                    _("多久报一次(&T)"),
                    required=True,
                    choices=[("none", _("不提醒")), *((k, _(w)) for k, w in PERIODS.items())],
                ),
            ],
        )
        self.form.set_values({"period": duty.period or "none"})

    def job(self, values: Values) -> Job:
        chosen, acting = read.text(values, "period"), self.context.acting()
        period = "" if chosen == "none" else chosen

        return lambda office: Done(0, filings.set_period(office, period, acting).event)

    def sentence(self) -> str:
        return _("报备周期已保存。")
