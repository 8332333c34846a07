"""The words of roles (角色), and which role a refused action would need."""

from collections.abc import Iterable

from desktop.rules.roles import RIGHTS, Role
from desktop.text import N_, _

ROLES = {
    Role.REGISTRAR: N_("登记员"),
    Role.LEADER: N_("审批领导"),
    Role.ADMIN: N_("管理员"),
    Role.READER: N_("查阅"),
}

#: What a role is for, in one sentence.
MEANT_FOR = {
    Role.REGISTRAR: N_("登记、承办、制作文书；能看投诉举报人身份。"),
    Role.LEADER: N_("查看各件，记录批示和审批；能看投诉举报人身份。"),
    Role.ADMIN: N_("管理用户、设置和恢复单；本身看不到投诉举报人身份。"),
    Role.READER: N_("只查阅，不改动；看不到投诉举报人身份。"),
}


def roles_words(roles: Iterable[Role]) -> str:
    """Return roles in words, in the order of the table."""
    chosen = frozenset(roles)
    return _("、").join(_(words) for role, words in ROLES.items() if role in chosen)


def needed_words(action: str) -> str:
    """Return the roles that may take an action, as “登记员或者管理员”."""
    return _("或者").join(_(words) for role, words in ROLES.items() if role in RIGHTS[action])


def refused_words(action: str, roles: Iterable[Role]) -> str:
    """Return why somebody with these roles may not take an action."""
    said = _("您的角色是“{own}”，不能做这一步；需要{needed}。")
    return said.format(own=roles_words(roles), needed=needed_words(action))
