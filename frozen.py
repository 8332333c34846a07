"""Frozen dataclasses that are made in a tenth of the time, for what is loaded at every start.

``from frozen import dataclass`` in place of ``from dataclasses import dataclass``. The standard one
writes and compiles six methods for each class, used or not: most of the time that our own modules
take to load. Here the methods that need no compiling are closures, and ``__init__`` is compiled
when the first instance is made. The result is a dataclass for everything that asks for one
(``fields``, ``replace``, ``asdict``, ``match``, msgspec, pickle); what is not frozen with slots, or
writes such methods itself, or inherits fields, is made by the standard one.

This module knows nothing of the program; every layer may use it.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Final

__all__ = ["compiling", "dataclass"]

#: In the flags of a function that takes any number of values (``inspect.CO_VARARGS``).
CO_VARARGS: Final = 0x04

if TYPE_CHECKING:
    from dataclasses import dataclass

    def compiling(at_once: int = 20) -> list[Callable[[], None]]:
        """Return what compiles the ``__init__`` of all classes made by now, piece by piece."""
else:
    #: Classes that were made since the last ``compiling``.
    _made = []

    def compiling(at_once=20):
        """Return what compiles the ``__init__`` of all classes made by now, piece by piece."""
        found = [
            partial(_compile_all, _made[n : n + at_once]) for n in range(0, len(_made), at_once)
        ]
        _made.clear()
        return found

    def _compile_all(classes):
        for one in classes:
            if one.__init__.__code__.co_flags & CO_VARARGS:
                _compile(one)

    #: Who writes one of these, or a field that is only for ``__init__``, gets the standard one.
    _OWN = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")

    def dataclass(cls=None, /, *, frozen=False, slots=False, **others):
        """Make a dataclass, as the decorator of the standard library does."""

        def make(one):
            plain = not others and not any(name in vars(one) for name in _OWN)
            heir = any(hasattr(base, "__dataclass_fields__") for base in one.__mro__[1:])
            notes = vars(one).get("__annotations__", {}).values()
            if frozen and slots and plain and not heir and "InitVar" not in str(notes):
                return _quick(one)
            return dataclasses.dataclass(one, frozen=frozen, slots=slots, **others)

        return make if cls is None else make(cls)

    def _quick(cls):
        if cls.__doc__ is None:
            cls.__doc__ = (
                cls.__name__
            )  # else the standard one looks for a signature, which takes long
        made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True)
        for name in ("init", "repr", "eq", "frozen"):
            setattr(made.__dataclass_params__, name, True)
        fields = dataclasses.fields(made)
        made.__init__ = _starter(made)
        _made.append(made)
        made.__signature__ = _Signature()
        made.__repr__ = _reprs([field.name for field in fields if field.repr])
        made.__eq__ = _equals([field.name for field in fields if field.compare])
        made.__hash__ = _hashes(
            [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
        )
        made.__setattr__, made.__delattr__ = _refuse_setting, _refuse_deleting
        made.__getstate__, made.__setstate__ = _state, _put_state
        return made

    def _starter(cls):
        def __init__(self, *values, **named):
            _compile(cls)
            cls.__init__(self, *values, **named)

        return __init__

    class _Signature:
        """How a class is called; known once its ``__init__`` is."""

        def __get__(self, _one, cls):
            import inspect

            if cls.__init__.__code__.co_flags & CO_VARARGS:
                _compile(cls)
            found = inspect.signature(cls.__init__)
            return found.replace(parameters=list(found.parameters.values())[1:])

    def _compile(cls):
        """Write the ``__init__`` of a class, and put it in the place of the one that called this."""
        scope = {"_set": object.__setattr__, "_MISSING": MISSING}
        first, named, lines = [], [], []
        for field in dataclasses.fields(cls):
            name, value = field.name, field.name
            given = name
            if field.default is not MISSING:
                scope[f"_default_{name}"] = field.default
                given = f"{name}=_default_{name}"
                value = name if field.init else f"_default_{name}"
            elif field.default_factory is not MISSING:
                scope[f"_make_{name}"] = field.default_factory
                given = f"{name}=_MISSING"
                made = f"_make_{name}()"
                value = f"{made} if {name} is _MISSING else {name}" if field.init else made
            elif not field.init:
                continue
            if field.init:
                (named if field.kw_only else first).append(given)
            lines.append(f"    _set(self, {name!r}, {value})")
        if hasattr(cls, "__post_init__"):
            lines.append("    self.__post_init__()")
        head = ", ".join(["self", *first, *(["*", *named] if named else [])])
        text = f"def __init__({head}):\n" + ("\n".join(lines) or "    pass")
        exec(text, scope)
        made = scope["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        made.__module__ = cls.__module__
        notes = {f.name: f.type for f in dataclasses.fields(cls) if f.init}
        made.__annotations__ = {**notes, "return": None}
        cls.__init__ = made

    def _reprs(names):
        def __repr__(self):
            said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({said})"

        return __repr__

    def _values(names):
        """Return what reads these fields of an instance as a tuple, or as one value of one field."""
        return attrgetter(*names) if names else lambda _self: ()

    def _equals(names):
        values = _values(names)

        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)

        return __eq__

    def _hashes(names):
        values = _values(names)

        def __hash__(self):
            return hash(values(self))

        return __hash__

    def _refuse_setting(self, name, value):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_deleting(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _state(self):
        return [getattr(self, field.name) for field in dataclasses.fields(self)]

    def _put_state(self, state):
        for field, value in zip(dataclasses.fields(self), state, strict=True):
            object.__setattr__(self, field.name, value)
