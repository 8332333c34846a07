"""Our quick dataclasses behave as those of the standard library."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import frozen


@frozen.dataclass(frozen=True, slots=True)
class Quick:
    """One of ours."""

    id: int
    name: str = "无"
    tags: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)
    hidden: str = field(default="", repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    """The same, made by the standard library."""

    id: int
    name: str = "无"
    tags: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)
    hidden: str = field(default="", repr=False)


VALUES = st.fixed_dictionaries(
    {"id": st.integers(0, 3)},
    optional={
        "name": st.sampled_from(["甲", "乙"]),
        "tags": st.tuples(st.sampled_from("ab")),
        "notes": st.lists(st.sampled_from("xy"), max_size=2),
        "hidden": st.sampled_from(["", "密"]),
    },
)


@given(VALUES, VALUES)
def test_ours_are_equal_hashed_and_written_as_the_standard_ones(
    one: dict[str, object], other: dict[str, object]
) -> None:
    quick, plain = Quick(**one), Plain(**one)  # type: ignore[arg-type]
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert dataclasses.asdict(quick) == dataclasses.asdict(plain)
    same = Plain(**other) == plain  # type: ignore[arg-type]
    assert (Quick(**other) == quick) is same  # type: ignore[arg-type]
    if same:
        assert hash(Quick(**other)) == hash(quick)  # type: ignore[arg-type]
    assert quick != plain


def test_ours_can_be_copied_replaced_pickled_read_and_matched() -> None:
    one = Quick(1, "甲", ("a",))
    assert dataclasses.replace(one, name="乙") == Quick(1, "乙", ("a",))
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert msgspec.convert({"id": 2, "tags": ["b"]}, Quick) == Quick(2, tags=("b",))
    match one:
        case Quick(number, name):
            assert (number, name) == (1, "甲")
    assert Quick(1).notes is not Quick(1).notes
    assert list(inspect.signature(Quick).parameters) == list(inspect.signature(Plain).parameters)


def test_ours_can_not_be_changed_nor_take_what_they_do_not_know() -> None:
    one = Quick(1)
    with pytest.raises(FrozenInstanceError):
        one.id = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.name  # type: ignore[misc]
    with pytest.raises(AttributeError):
        object.__setattr__(one, "other", 1)
    with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
        Quick(1, other=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'id'"):
        Quick()  # type: ignore[call-arg]


def test_a_signature_is_known_before_the_first_one_is_made() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Fresh:
        id: int
        name: str = ""

    assert list(inspect.signature(Fresh).parameters) == ["id", "name"]


def test_what_is_not_plain_is_made_by_the_standard_library() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Spoken:
        id: int

        def __repr__(self) -> str:
            return "…"

    @frozen.dataclass(frozen=True, slots=True)
    class Heir(Quick):
        more: int = 0

    @frozen.dataclass
    class Loose:
        id: int = 0

    assert repr(Spoken(1)) == "…"
    assert Heir(1, more=2) == Heir(1, more=2) != Heir(1)
    assert hash(Heir(1)) == hash(Heir(1))
    loose = Loose()
    loose.id = 5
    assert loose == Loose(5)


def test_what_is_done_after_making_is_done() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Checked:
        id: int

        def __post_init__(self) -> None:
            if self.id < 0:
                raise ValueError("negative")

    assert Checked(1).id == 1
    with pytest.raises(ValueError, match="negative"):
        Checked(-1)


def test_what_was_made_can_be_compiled_before_its_first_use() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Place:
        row: int
        column: int = 1

    made = Place.__init__
    for piece in frozen.compiling(at_once=3):
        piece()
    compiled = Place.__init__
    assert compiled is not made
    assert Place(2) == Place(2, 1)
    assert Place.__init__ is compiled
    assert frozen.compiling() == []
