"""Every action of the program tried in every role: done or refused exactly as the table says."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from db.ledger import EventDraft
from desktop.rules.faults import NotPermitted
from desktop.rules.roles import RIGHTS, SEE_IDENTITY, Role
from desktop.usecases import founding, identity
from desktop.usecases import office as offices
from desktop.usecases.office import Acting
from desktop.usecases.profile import ClerkDraft
from tests.drill.offices import DRAFT, LIGHT, NOW, PASSWORD, sit_down
from tests.drill.result import Result

#: One user of each role and of no other, after 王敏, who makes the office.
ALONE: Mapping[int, Role] = {n + 2: role for n, role in enumerate(Role)}


def role_matrix(folder: Path) -> Result:
    """Try every action in every role, and the identity of a complainant as well."""
    path = folder / "office.db"
    alone = tuple(
        ClerkDraft(f"用户{role.value}", "", frozenset({role}), PASSWORD) for role in ALONE.values()
    )
    draft = replace(DRAFT, clerks=(DRAFT.clerks[0], *alone))
    founding.create_office(path, draft, Acting(1, "王敏", NOW), LIGHT).close()
    tried, good, faults = 0, 0, []
    for clerk, role in ALONE.items():
        office = sit_down(path, clerk)
        actor = Acting(clerk, office.session.name, NOW).actor()
        for action, roles in RIGHTS.items():
            before = _count(office)
            try:
                with office.ledger.action(EventDraft(action, "profile", 1), actor):
                    pass
                done = True
            except NotPermitted:
                done = False
            tried += 1
            fits = done == (role in roles) and _count(office) == before + done
            good += fits
            if not fits:
                faults.append(f"{role.value}: {action}")
        try:
            seen = bool(identity.unseal(office, identity.seal(office, "钱多多")))
        except NotPermitted:
            seen = False
        held = office.session.keys.identity is not None
        tried += 1
        fits = seen == held == (role in SEE_IDENTITY)
        good += fits
        if not fits:
            faults.append(f"{role.value}: identity")
        office.close()
    what = f"{len(RIGHTS)} actions and the identity of complainants, each in {len(ALONE)} roles"
    return Result("role_matrix", tried, good, "; ".join([what, *faults[:5]]))


def _count(office: offices.Office) -> int:
    return int(office.db.execute("SELECT count(*) FROM event").fetchone()[0])
