"""What every letter of a case file shares: its draft, its making with the step that it belongs to."""

from collections.abc import Mapping
from datetime import date

from db.ledger import Value
from desktop.usecases import letters
from desktop.usecases.casework import event_of
from desktop.usecases.letters import Subject
from desktop.usecases.office import Acting, Done, Office
from desktop.usecases.shelf import CaseView

#: What a draft says where the case file has nothing to say yet.
_NOT_YET: dict[str, object] = {
    "basis": "（确定追究方式后列明依据）",
    "situations": [("（尚未选定追究情形）", "条款待定")],
    "hearing": "（尚未听取陈述和申辩）",
    "responsibilities": ["（尚未区分责任）"],
    "sanctions": ["（尚未确定追究方式）"],
    "problems": ["（待填写）"],
    "proposed": ["（待填写）"],
    "receiver": "（受移送机关）",
    "reason": "（待填写）",
    "requirements": ["（待填写）"],
}


def preview(
    office: Office, view: CaseView, kind: str, fields: Mapping[str, object], dated: date
) -> bytes:
    """Return a letter as it would print, marked 草稿; what the case lacks yet is said in its place.

    Raises:
        Faults: a character can not be printed.
    """
    lacking = {k: v for k, v in _NOT_YET.items() if k in fields and not fields[k]}
    whole = {**fields, **lacking, "dated": dated}
    return letters.preview(office, kind, whole, pack=view.book.id, dated=dated)


def issue(
    office: Office,
    view: CaseView,
    name: str,
    kind: str,
    fields: Mapping[str, object],
    dated: date,
    acting: Acting,
    changes: Mapping[str, Value] | None = None,
) -> Done[int]:
    """Make a letter and change the case with it, in one action called ``name``; returns its id."""
    event = event_of(name, view.case)
    with office.ledger.action(event, acting.actor()) as action:
        letter, _ = letters.issue(
            office,
            action,
            kind,
            Subject("case_file", view.case.id),
            fields,
            pack=view.book.id,
            dated=dated,
        )
        if changes:
            action.update("case_file", view.case.id, **changes)
    return Done(letter, event.seq)
