"""The fields of a user: name, post, roles, and a password typed twice."""

from collections.abc import Mapping

from desktop.rules.roles import Role
from desktop.text import N_, _
from desktop.ui.common.forms import ChecksField, Field, Form, LineField
from desktop.ui.common.rolewords import MEANT_FOR, ROLES
from desktop.ui.office.passwordfield import PasswordField
from desktop.usecases.passwords import Strength, strength
from desktop.usecases.profile import ClerkDraft
from desktop.usecases.session import SHORTEST

#: What somebody who works alone is.
ALONE = (Role.REGISTRAR, Role.ADMIN)

_STRENGTH = {
    Strength.SHORT: N_("太短：至少 {least} 个字符，现在 {n} 个。"),
    Strength.WEAK: N_("太容易猜：不要用姓名、电话、生日或者重复的字符。"),
    Strength.FAIR: N_("可以用；再长几个字符更难猜。"),
    Strength.GOOD: N_("很难猜。"),
}


def person_fields(prefix: str = "") -> list[Field]:
    """Return who a user is and what he may do; the keys begin with a prefix."""
    choices = [
        (role, _("{role}：{meant}").format(role=_(words), meant=_(MEANT_FOR[role])))
        for role, words in ROLES.items()
    ]
    return [
        LineField(f"{prefix}name", _("姓名(&U)"), required=True, width=10),
        LineField(f"{prefix}title", _("职务(&J)"), width=16, hint=_("例如：主任、科员。")),
        ChecksField(f"{prefix}roles", _("角色(&R)"), required=True, choices=choices),
    ]


def password_fields(prefix: str = "") -> list[Field]:
    """Return the fields of a new password."""
    hint = _("至少 {least} 个字符；可以用一句自己记得住的话的拼音。").format(least=SHORTEST)
    return [
        PasswordField(f"{prefix}password", _("密码(&P)"), required=True, hint=hint),
        PasswordField(f"{prefix}again", _("再输一次(&Y)"), required=True),
    ]


def tell_strength(form: Form, prefix: str = "", name: str = "") -> None:
    """Say under the new password how hard it is to guess."""
    typed = str(form.values()[f"{prefix}password"])
    said = _("至少 {least} 个字符；可以用一句自己记得住的话的拼音。")
    if typed:
        said = _(_STRENGTH[strength(typed, name)])
    form.set_hint(f"{prefix}password", said.format(least=SHORTEST, n=len(typed)))


def repeat_fault(values: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Return what is wrong with the repetition of a new password."""
    if values[f"{prefix}password"] == values[f"{prefix}again"]:
        return {}
    return {f"{prefix}again": _("两次输入的密码不一样，请重新输入。")}


def read_user(values: Mapping[str, object], prefix: str = "") -> ClerkDraft:
    """Return a user as typed."""
    roles = values[f"{prefix}roles"]
    return ClerkDraft(
        str(values[f"{prefix}name"]),
        str(values[f"{prefix}title"]),
        frozenset(r for r in (roles if isinstance(roles, tuple) else ()) if isinstance(r, Role)),
        str(values.get(f"{prefix}password", "")),
    )
