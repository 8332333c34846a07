"""Keeps the translations in step with the sources and finds their faults; used by `dev.py`.

`python -m tests.catalogues update` collects the texts, renews every catalogue and compiles it;
`compile` only compiles; `lint` prints what is wrong and ends with 1 if anything is.
"""

import ast
import re
import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "i18n"
TEMPLATE = CATALOGUES / "messages.pot"
SOURCE_LANGUAGE = "zh_CN"
PLURALS = {
    "zh_CN": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}

# Texts whose English form rightly holds Chinese characters, such as a language's own name.
CHINESE_IN_ENGLISH = frozenset({"简体中文"})

_CHINESE = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_MNEMONIC = re.compile(r"\(&[0-9A-Za-z]\)")
_AMPERSAND = re.compile(r"&[0-9A-Za-z]")
_RENEW = "请运行 / run: dev.py catalogues"


def collect(root: Path = ROOT) -> Catalog:
    """Every text that the sources under `root` mark for translation."""
    with (CATALOGUES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    template = Catalog()
    found = extract_from_dir(root, methods, options, keywords={}, strip_comment_tags=True)
    for name, line, text, comments, _context in found:
        template.add(text, locations=[(Path(name).as_posix(), line)], auto_comments=comments)
    return template


def render(catalogue: Catalog, language: str | None = None) -> str:
    """The file of a catalogue, without dates, authors and line numbers, so that merges are calm."""
    header = [r"Content-Type: text/plain; charset=UTF-8\n", r"Content-Transfer-Encoding: 8bit\n"]
    if language:
        header = [rf"Language: {language}\n", rf"Plural-Forms: {PLURALS[language]}\n", *header]
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}"' for line in header), "", ""]
    return "\n".join(lines) + body.getvalue().decode("utf-8").rstrip("\n") + "\n"


def read(language: str) -> Catalog:
    """A catalogue as it is stored; empty if there is none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, template: Catalog) -> Catalog:
    """A catalogue with exactly the texts of `template`, known translations kept, none guessed."""
    old = read(language)
    new = Catalog(locale=language, fuzzy=False)
    for message in _messages(template):
        known = old.get(message.id)
        new.add(
            message.id,
            _own_text(message) if language == SOURCE_LANGUAGE else (known and known.string) or "",
            locations=message.locations,
            flags=known.flags & {"fuzzy"} if known else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
        )
    return new


def update() -> int:
    """Renew the template and all catalogues; returns how many texts still want a translation."""
    template = collect()
    _write(TEMPLATE, render(template))
    missing = 0
    for language in PLURALS:
        catalogue = renewed(language, template)
        _write(_path(language), render(catalogue, language))
        missing += sum(not all(_forms(message)) for message in _messages(catalogue))
    compile_all()
    return missing


def compile_all() -> None:
    """Make the `.mo` file of every catalogue."""
    for language in PLURALS:
        with _path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def faults() -> Iterator[str]:
    """What is wrong with the stored catalogues, one sentence each."""
    yield from unseen()
    template = collect()
    if not TEMPLATE.exists() or _text(TEMPLATE) != render(template):
        yield f"messages.pot: 与源程序不一致 / differs from the sources. {_RENEW}"
    for language in PLURALS:
        stored = _path(language)
        current = render(renewed(language, template), language)
        if not stored.exists() or _text(stored) != current:
            yield f"{language}: 与源程序不一致 / differs from the sources. {_RENEW}"
        for message in _messages(read(language)):
            for fault in message_faults(message, language):
                yield f"{language}: {message.id!r}: {fault}"


def unseen(root: Path = ROOT) -> Iterator[str]:
    """Texts marked in the sources that the extraction does not see, such as one in an f-string."""
    known = {text for message in _messages(collect(root)) for text in _ids(message)}
    for file in sorted((root / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in ("_", "N_", "ngettext_") or not node.args:
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value not in known:
                where = f"{file.relative_to(root)}:{node.lineno}"
                yield f"{where}: “{first.value}”不能写在 f-string 里 / hidden from the extraction"


def message_faults(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "译文未经核对 / marked fuzzy"
    if not all(_forms(message)):
        yield "没有译文 / has no translation"
        return
    yield from _placeholder_faults(message)
    if language == SOURCE_LANGUAGE:
        return
    chinese = set(_ids(message))
    translation = _forms(message)
    if not chinese & CHINESE_IN_ENGLISH and any(map(_CHINESE.search, translation)):
        yield "译文中仍有中文 / the translation holds Chinese characters"
    if any(map(_MNEMONIC.search, chinese)) and not all(map(_AMPERSAND.search, translation)):
        yield "译文缺少快捷字母 & / the translation has no mnemonic &"


def _placeholder_faults(message: Message) -> Iterator[str]:
    try:
        wanted = set().union(*map(_placeholders, _ids(message)))
        *few, many = map(_placeholders, _forms(message))
    except ValueError as error:
        yield f"花括号不成对 / braces do not match: {error}"
        return
    # "1 day" may leave out the number that "{n} days" names; nothing may name what is not given.
    if many != wanted or any(form - wanted for form in few):
        yield f"占位符不一致 / placeholders differ: {sorted(wanted)}, {sorted(many)}"


def _placeholders(text: str) -> set[str]:
    return {name for _literal, name, _form, _how in string.Formatter().parse(text) if name}


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _own_text(message: Message) -> str | tuple[str, ...]:
    """Chinese is the source: its translation is itself, in the one form that Chinese has."""
    return message.id if isinstance(message.id, str) else (message.id[1],)


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main(task: str) -> int:
    """Do one of the tasks named at the top; returns the exit code."""
    if task == "update":
        missing = update()
        print(f"译文目录已更新，待译 {missing} 条。 / Catalogues renewed, {missing} to translate.")
        return 0
    if task == "compile":
        compile_all()
        return 0
    found = list(faults())
    print("\n".join(found) or "译文目录无误。 / The catalogues are in order.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
