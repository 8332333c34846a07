"""Who may do what (角色与权限): one table of every action, and who may see who complained.

These are rules of this program, not of any regulation, but for one: who complained is known only
to those whose work needs it (信访工作条例 第三十条: 不得将检举、控告材料及有关情况透露或转给被检举、控告的人员或者单位).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a user is in the program (角色); one person may be several."""

    REGISTRAR = "registrar"  # 登记员、承办人
    LEADER = "leader"  # 审批领导
    ADMIN = "admin"  # 管理员
    READER = "reader"  # 查阅


_WORK = frozenset({Role.REGISTRAR})
_RULING = frozenset({Role.REGISTRAR, Role.LEADER})
_HOUSE = frozenset({Role.REGISTRAR, Role.ADMIN})
_KEEPER = frozenset({Role.ADMIN})
_ALL = frozenset(Role)

#: Who may see who complained; only their slots hold the identity key.
SEE_IDENTITY = frozenset({Role.REGISTRAR, Role.LEADER})

#: Every action of the program, by the name its event bears, and the roles that may take it.
RIGHTS: Mapping[str, frozenset[Role]] = {
    "complaint.register": _WORK,
    "complaint.correct": _WORK,
    "complaint.propose": _WORK,
    "complaint.decide": _RULING,
    "complaint.acceptance": _WORK,
    "complaint.transfer": _WORK,
    "complaint.chase": _WORK,
    "complaint.object": _WORK,
    "complaint.handler": _WORK,
    "complaint.recuse": _RULING,
    "complaint.unrecuse": _RULING,
    "complaint.refuse": _WORK,
    "complaint.interim": _WORK,
    "complaint.extension": _WORK,
    "complaint.pause": _WORK,
    "complaint.resume": _WORK,
    "complaint.find": _WORK,
    "complaint.answer": _WORK,
    "complaint.points": _WORK,
    "complaint.close": _WORK,
    "complaint.archive": _WORK,
    "complaint.link": _WORK,
    "complaint.unlink": _WORK,
    "complaint.merge": _WORK,
    "complaint.reveal": _RULING,
    "complaint.search": _RULING,  # a hit by the name of who complained
    "complaint.import": _WORK,
    "complaint.export": _ALL,
    "complaint.origin_reply": _WORK,
    "handover.register": _WORK,
    "handover.correct": _WORK,
    "handover.hand": _WORK,
    "handover.void": _WORK,
    "handover.print": _WORK,
    "filing.register": _WORK,
    "filing.correct": _WORK,
    "filing.void": _WORK,
    "filing.export": _ALL,
    "complaint.bind": _WORK,
    "case.open": _WORK,
    "case.revise": _WORK,
    "case.evidence": _WORK,
    "case.evidence.withdraw": _WORK,
    "case.hearing_notice": _WORK,
    "case.hearing": _WORK,
    "case.hearing.withdraw": _WORK,
    "case.divide": _WORK,
    "case.sanction": _WORK,
    "case.approve": _RULING,
    "case.decide": _WORK,
    "case.serve": _WORK,
    "case.refer": _WORK,
    "case.rectify": _WORK,
    "case.report": _WORK,
    "case.close": _WORK,
    "case.export": _ALL,
    "round.open": _WORK,
    "round.score": _WORK,
    "round.grade": _WORK,
    "round.letter": _WORK,
    "round.export": _ALL,
    "letter.reserve": _WORK,
    "letter.next": _WORK,
    "letter.void": _WORK,
    "letter.seal": _WORK,
    "letter.dispatch": _WORK,
    "template.save": _HOUSE,
    "unit.save": _HOUSE,
    "person.save": _HOUSE,
    "calendar.override": _HOUSE,
    "calendar.drop": _HOUSE,
    "calendar.confirm": _HOUSE,
    "office.create": _ALL,
    "office.adopt": _ALL,
    "office.profile": _KEEPER,
    "office.setting": _KEEPER,
    "office.begin": _HOUSE,
    "undo": _ALL,  # and only of what one may do
    "user.add": _KEEPER,
    "user.change": _KEEPER,
    "user.remove": _KEEPER,
    "user.key": _KEEPER,
    "user.password": _ALL,
    "user.enter": _ALL,
    "log.export": _ALL,
    "log.anchor": _ALL,
    "log.accept": _KEEPER,
    "backup.make": _ALL,
    "backup.drill": _ALL,
    "backup.restore": _KEEPER,
    "clock.confirm": _KEEPER,
    "recovery.sheet": _KEEPER,
}


def may(roles: Iterable[Role], action: str) -> bool:
    """Say whether somebody with these roles may take an action.

    Raises:
        KeyError: the table does not know the action: a slip of ours, never of the clerk.
    """
    return not RIGHTS[action].isdisjoint(roles)


def sees_identity(roles: Iterable[Role]) -> bool:
    """Say whether somebody with these roles may see who complained."""
    return not SEE_IDENTITY.isdisjoint(roles)


def read_roles(text: str) -> frozenset[Role]:
    """Read roles as they are kept: words with blanks between; unknown ones count for nothing."""
    known = {role.value for role in Role}
    return frozenset(Role(word) for word in text.split() if word in known)


def write_roles(roles: Iterable[Role]) -> str:
    """Write roles as they are kept, always in the same order."""
    chosen = frozenset(roles)
    return " ".join(role.value for role in Role if role in chosen)
