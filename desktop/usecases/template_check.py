"""Looking a draft of a template over: what is wrong, in which text and line, and what is doubtful."""

import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from unicodedata import category

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from desktop.notices import Kind, Template
from desktop.notices.fields import REPEALED
from desktop.notices.kinds import ALWAYS, KINDS, Shape
from desktop.notices.wording import environment
from desktop.usecases.template_draft import TemplateDraft
from frozen import dataclass


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Something wrong or doubtful in a draft (模板问题).

    ``part`` is the key of the text, ``line`` counts from 1 (0: the text as a whole). ``code`` is
    worded by the window; ``detail`` is what the sentence names. A warning does not stop saving.
    """

    part: str
    line: int
    code: str
    detail: str = ""
    warning: bool = False


#: Fields that every letter is given, whether the program's own wording names them or not.
_ALWAYS_GIVEN = (*ALWAYS, "contact", "telephone", "address")

_REQUIRED: Mapping[Shape, tuple[str, ...]] = {
    Shape.LETTER: ("title", "addressee", "body"),
    Shape.FORM: ("title",),
    Shape.TABLE: ("title",),
    Shape.ENVELOPE: ("name", "place", "postcode"),
    Shape.LABELS: (),
}

#: What a wording may be built of; anything else has no place in a letter.
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter,
    nodes.Test, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Getitem, nodes.Tuple, nodes.Concat, nodes.Add, nodes.Sub,
)  # fmt: skip
_FILTERS = frozenset(
    {"longdate", "sentence", "clause", "quoted", "points", "hanzi_number", "hanzi_count"}
    | {"length", "count", "string", "join", "first", "last", "trim", "default"}
)
_LOOP = frozenset({"first", "last", "index", "length"})

_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条")
_PERIOD = re.compile(r"[一二三四五六七八九十百\d]+\s*(?:个工作日|日内|日以内|天内|天以内|个月内)")
_TAG = re.compile(r"\{%[-+]?\s*(\w*)")


def given_fields(template: Template) -> tuple[str, ...]:
    """Return the fields that letters of a kind are given, in the order of the program's wording."""
    return tuple(dict.fromkeys((*template.fields, *_ALWAYS_GIVEN)))


def look_over(
    kind: Kind,
    draft: TemplateDraft,
    given: tuple[str, ...],
    samples: tuple[Mapping[str, object], ...],
    conditions: Mapping[str, str],
) -> tuple[TemplateFault, ...]:
    """Return everything wrong or doubtful in a draft, in the order of its texts.

    Args:
        kind: the kind of letter (文种).
        draft: the texts.
        given: the fields that letters of the kind are given.
        samples: records to try the texts with, the one with everything filled in first.
        conditions: when a row of a form is there, by the row's key; they are not edited.
    """
    named: set[str] = set()
    for condition in conditions.values():
        named |= meta.find_undeclared_variables(environment().parse(condition))
    faults: list[TemplateFault] = []
    for part in draft.parts:
        reading = _Reading(part.key, part.text, frozenset(given))
        when = conditions.get(".".join(part.key.split(".")[:2]), "1")
        there = environment().from_string(when)
        faults += reading.faults(tuple(s for s in samples if there.render(s).strip()))
        named |= reading.named
    empty = [key for key in _REQUIRED[KINDS[kind].shape] if not draft.text(key).strip()]
    faults += [TemplateFault(key, 0, "template_empty") for key in empty]
    unreadable = any(f.code in _SYNTAX for f in faults)
    if not unreadable:  # a field may stand where nothing can be read
        faults += [
            TemplateFault(_place_of(kind, field), 0, "template_must_mention", field)
            for field in sorted(KINDS[kind].must_mention - named)
            if _place_of(kind, field) not in empty
        ]
    order = {part.key: n for n, part in enumerate(draft.parts)}
    return tuple(sorted(faults, key=lambda f: (order.get(f.part, 0), f.line or _END)))


def _place_of(kind: Kind, field: str) -> str:
    if KINDS[kind].shape is Shape.LETTER:
        return "addressee" if field == "addressee" else "body"
    return {Shape.ENVELOPE: "name", Shape.LABELS: "suffix"}.get(KINDS[kind].shape, "title")


class _Reading:
    """Reads one text and notes what is wrong with it."""

    def __init__(self, key: str, text: str, given: frozenset[str]) -> None:
        self._key, self._text, self._given = key, text, given
        self.named: set[str] = set()

    def faults(self, samples: tuple[Mapping[str, object], ...]) -> list[TemplateFault]:
        """Return the faults of this text: those of form first, the others only without them."""
        env = environment()
        hidden = list(self._hidden())
        if hidden:
            return hidden
        try:
            tree = env.parse(self._text)
        except TemplateSyntaxError as error:
            return [self._syntax(error), *self._doubts()]
        except RecursionError:  # brackets in brackets without end
            return [self._fault(0, "template_syntax")]
        found = list(self._forbidden(env, tree))
        found += self._unknown(tree)
        if not found:
            found += self._tried(env, samples)
        return [*found, *self._dead_law(), *self._doubts()]

    def _fault(self, line: int, code: str, detail: str = "") -> TemplateFault:
        return TemplateFault(self._key, line, code, detail)

    def _hidden(self) -> Iterator[TemplateFault]:
        for n, line in enumerate(self._text.split("\n"), 1):
            bad = next((c for c in line if category(c) in _HIDDEN), "")
            if bad:
                yield self._fault(n, "template_hidden", f"U+{ord(bad):04X}")

    def _syntax(self, error: TemplateSyntaxError) -> TemplateFault:
        message = error.message or ""
        if (odd := re.match(r"unexpected char '(.)'", message)) and odd[1] not in "'\"":
            return self._fault(error.lineno, "template_character", odd[1])
        return (
            self._open_brace() or self._open_tag() or self._fault(error.lineno, "template_syntax")
        )

    def _open_brace(self) -> TemplateFault | None:
        """Find the line where {{ or {% is not closed."""
        for n, line in enumerate(self._text.split("\n"), 1):
            for opening, closing in (("{{", "}}"), ("{%", "%}")):
                for rest in line.split(opening)[1:]:
                    if closing not in rest:
                        return self._fault(n, "template_brace", closing)
        return None

    def _open_tag(self) -> TemplateFault | None:
        """Find the condition or list that is not ended, or the end that ends nothing."""
        stack: list[tuple[str, int]] = []
        for n, line in enumerate(self._text.split("\n"), 1):
            for word in _TAG.findall(line):
                if word in ("if", "for"):
                    stack.append((word, n))
                elif word in ("endif", "endfor"):
                    if not stack or stack[-1][0] != word[3:]:
                        return self._fault(n, f"template_stray_{word}")
                    stack.pop()
                elif word in ("else", "elif"):
                    if not stack:
                        return self._fault(n, "template_stray_else")
                else:
                    return self._fault(n, "template_tag", word)
        if stack:
            return self._fault(stack[-1][1], f"template_unended_{stack[-1][0]}")
        return None

    def _forbidden(
        self, env: SandboxedEnvironment, tree: nodes.Template
    ) -> Iterator[TemplateFault]:
        for node in tree.find_all(nodes.Node):
            if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
                yield self._fault(node.lineno, "template_filter", node.name)
            elif isinstance(node, nodes.Test) and node.name not in env.tests:
                yield self._fault(node.lineno, "template_test", node.name)
            elif isinstance(node, nodes.Getattr):
                good = isinstance(node.node, nodes.Name) and node.node.name == "loop"
                if not good or node.attr not in _LOOP:
                    yield self._fault(node.lineno, "template_dot", node.attr)
            elif not isinstance(node, _NODES):
                yield self._fault(node.lineno, "template_not_here")

    def _unknown(self, tree: nodes.Template) -> Iterator[TemplateFault]:
        for node, bound in _names(tree, frozenset()):
            if node.name in bound:
                continue
            self.named.add(node.name)
            if node.name not in self._given:
                yield self._fault(node.lineno, "template_unknown_field", node.name)

    def _tried(
        self, env: SandboxedEnvironment, samples: tuple[Mapping[str, object], ...]
    ) -> list[TemplateFault]:
        """Fill the text in with each sample; a value used as what it is not shows only so."""
        for sample in samples:
            try:
                env.from_string(self._text).render(sample)
            except _FAILINGS as error:
                line = _line_of(error.__traceback__)
                code = "template_misused" if sample is samples[0] else "template_may_be_empty"
                return [self._fault(line, code, self._on_line(line))]
        return []

    def _on_line(self, line: int) -> str:
        """Return the first placeholder of a line, to name it."""
        lines = self._text.split("\n")
        at = lines[line - 1] if 0 < line <= len(lines) else self._text
        found = re.search(r"\{\{.*?\}\}|\{%.*?%\}", at)
        return found[0] if found else at.strip()[:30]

    def _dead_law(self) -> Iterator[TemplateFault]:
        for n, line in enumerate(self._text.split("\n"), 1):
            for act in REPEALED:
                if act in line:
                    yield self._fault(n, "template_repealed", act)

    def _doubts(self) -> Iterator[TemplateFault]:
        """Find what differs from place to place and was typed by hand."""
        for n, line in enumerate(self._text.split("\n"), 1):
            if article := _ARTICLE.search(line):
                yield TemplateFault(self._key, n, "template_article", article[0], warning=True)
            if period := _PERIOD.search(line):
                yield TemplateFault(self._key, n, "template_period", period[0], warning=True)


_FAILINGS = (
    TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError,
    RecursionError,
)  # fmt: skip

#: What can not be seen and therefore not be judged: controls, formats, breaks, no characters.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

_END = 1 << 30  # what concerns a text as a whole comes after what concerns its lines

_SYNTAX = frozenset(
    {"template_character", "template_brace", "template_syntax", "template_tag"}
    | {"template_stray_endif", "template_stray_endfor", "template_stray_else"}
    | {"template_unended_if", "template_unended_for", "template_hidden"}
)


def _names(node: nodes.Node, bound: frozenset[str]) -> Iterator[tuple[nodes.Name, frozenset[str]]]:
    """Yield the names a tree reads, each with the names of the lists it stands in."""
    if isinstance(node, nodes.For):
        inner = bound | {n.name for n in _targets(node.target)} | {"loop"}
        yield from _names(node.iter, bound)
        for child in (*node.body, *([node.test] if node.test else ())):
            yield from _names(child, inner)
        for child in node.else_:
            yield from _names(child, bound)
        return
    if isinstance(node, nodes.Name):
        yield node, bound
    for child in node.iter_child_nodes():
        yield from _names(child, bound)


def _targets(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)


def _line_of(trace: TracebackType | None) -> int:
    """Return the line of the text in which filling it in failed, 0 if it is not known."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
