"""Ways of looking at the register that a user keeps under a name (保存的筛选); only he has them.

Words that were searched may be a complainant's name. Whoever may see names has his views sealed
with the identity key, so that nobody else who opens the file can read them.
"""

import json

from db.keys import WrongPassword
from db.queries import views as queries
from desktop.rules import typed
from desktop.rules.complaints import State
from desktop.rules.faults import NotPermitted, refuse_if
from desktop.usecases import identity
from desktop.usecases.listing import By, Press, Query
from desktop.usecases.office import Office
from frozen import dataclass

#: A name of a view is so long at most (characters).
LONGEST = 20


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view with its name."""

    id: int
    name: str
    query: Query


def saved(office: Office) -> tuple[SavedView, ...]:
    """Return the views of the user at this desk, as they were kept; unreadable ones are left out."""
    found = []
    for row, box in queries.views(office.db, office.session.clerk):
        try:
            found.append(_read(row, json.loads(identity.unseal(office, box))))
        except (NotPermitted, WrongPassword):  # kept when he still might see names
            continue
    return tuple(found)


def keep(office: Office, name: str, query: Query) -> tuple[SavedView, ...]:
    """Keep a view under a name, in place of one of that name; return all.

    Raises:
        Faults: no name, or too long a one.
    """
    refuse_if([typed.check_text("name", name, required=True, limit=LONGEST)])
    clean = typed.clean(name)
    said = {
        "name": clean,
        "states": [state.value for state in query.states],
        "press": query.press.value,
        "words": query.words,
        "by": query.by.value,
        "descending": query.descending,
    }
    text = json.dumps(said, ensure_ascii=False)
    session = office.session
    sealed = session.keys.identity is not None and session.sees_identity
    box = identity.seal(office, text) if sealed else text
    old = next((view.id for view in saved(office) if view.name == clean), 0)
    queries.keep(office.db, session.clerk, box, old)
    return saved(office)


def rename(office: Office, view: int, name: str) -> tuple[SavedView, ...]:
    """Give a view another name, in place of one of that name; return all.

    Raises:
        Faults: no name, or too long a one.
    """
    old = next((one for one in saved(office) if one.id == view), None)
    if old is not None:
        keep(office, name, old.query)
        if old.name != typed.clean(name):
            drop(office, view)
    return saved(office)


def drop(office: Office, view: int) -> tuple[SavedView, ...]:
    """Forget a view; return those that remain."""
    queries.drop(office.db, office.session.clerk, view)
    return saved(office)


def _read(row: int, said: dict[str, object]) -> SavedView:
    states = said["states"]
    assert isinstance(states, list)
    query = Query(
        tuple(State(str(state)) for state in states),
        Press(str(said["press"])),
        str(said["words"]),
        By(str(said["by"])),
        bool(said["descending"]),
    )
    return SavedView(row, str(said["name"]), query)
