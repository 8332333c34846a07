"""What each role may do, as a table to read; made from the one table that the program asks."""

from collections.abc import Mapping
from html import escape

from desktop.rules.roles import RIGHTS, SEE_IDENTITY, Role
from desktop.text import _
from desktop.ui.common.rolewords import MEANT_FOR, ROLES
from desktop.ui.office.ruleshtml import table_of
from desktop.usecases.auditwords import ACTIONS, GROUPS

#: What everybody does without choosing it needs no line.
_UNSAID = frozenset({"undo", "user.enter", "office.create", "office.adopt", "complaint.search"})
_TICK = "✓"
#: Keeps the characters on both sides of it on one line (词连接符).
_JOINER = "\u2060"


def rights_table() -> str:
    """Return the table as HTML: what may be done, grouped, and a tick under each role."""
    heads = (_("能做的事"), *(_whole(_(words)) for words in ROLES.values()))
    rows = [_line(_("查看登记、案卷、考核和文书"), frozenset(Role))]
    rows += [_line(words, roles) for words, roles in _lines()]
    rows.insert(1, _line(_("查看投诉举报人身份（要说明理由，记入操作记录）"), SEE_IDENTITY))
    widths = (52, *(12 for _role in ROLES))
    meant = "".join(
        f"<p><b>{escape(_(ROLES[role]))}</b>　{escape(_(words))}</p>"
        for role, words in MEANT_FOR.items()
    )
    return meant + table_of(heads, rows, widths)


def _whole(words: str) -> str:
    """Return words that are parted at their blanks only: Chinese could be at every character."""
    return " ".join(_JOINER.join(word) for word in words.split(" "))


def _lines() -> list[tuple[str, frozenset[Role]]]:
    """Return the actions of each group that the same roles may take, in one line."""
    grouped: dict[tuple[str, frozenset[Role]], list[str]] = {}
    for action, roles in RIGHTS.items():
        if action not in _UNSAID and action != "complaint.reveal":
            group = GROUPS.get(action.split(".")[0], "")
            words = _words(ACTIONS, action)
            grouped.setdefault((group, roles), []).append(words)
    line = _("{group}：{actions}")
    return [
        (line.format(group=_(group), actions=_("、").join(words)), roles)
        for (group, roles), words in grouped.items()
    ]


def _words(known: Mapping[str, str], action: str) -> str:
    return _(known[action]) if action in known else action


def _line(words: str, roles: frozenset[Role]) -> tuple[str, ...]:
    return (escape(words), *(_TICK if role in roles else "" for role in ROLES))
