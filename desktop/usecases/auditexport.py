"""The log for an inspector (导出操作记录): one file that anybody can check without the office's password.

A file of JSON lines: what it is, then every event with what it changed, its hash and signature, and
last the printed heads it must hold. Behind an event that made rows by the thousand stand the bundles
with what they were. Values under seal stay under seal.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from db import chain
from db.chain import Break, Checked, Key
from db.errors import StorageFault
from db.ledger import EventDraft
from db.queries import log as queries
from desktop import notices
from desktop.notices import UnreadableCode
from desktop.text import N_
from desktop.usecases import audit, auditwords
from desktop.usecases.audit import Progress
from desktop.usecases.office import Acting, Done, Office

FORMAT, VERSION = "sunlight-ledger-log", 2
#: The first version had no bundles; all else is the same.
_READ = (1, VERSION)
#: No line of an honest file is longer; a longer one is not read into memory.
LONGEST = 512 * 1024 * 1024
_STEP = 500
_AT_EXPORT = N_("正在导出操作记录")


#: What reading a line may end in: no JSON, other JSON, no text.
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError)


class _Head(msgspec.Struct):
    format: str
    version: int
    office: str
    exported: str
    by: str
    events: int
    anchor: str


#: The types of ``chain.EVENT`` and ``chain.CHANGE``, so that no other values get any further.
_Event = tuple[
    int, str, int, str, str, str, int, str, str, int | None, int | None, int
]  # fmt: skip
_Change = tuple[str, int, int, str | None, str]


class _Line(msgspec.Struct):
    event: _Event
    changes: list[_Change]
    hash: str
    signature: str


class _Bundle(msgspec.Struct, forbid_unknown_fields=True):
    """The content of a bundle, by the SHA-256 that its record names."""

    bundle: str
    content: str

    def whole(self) -> bool:
        """Say whether it is what its record says it is."""
        try:
            content = base64.b64decode(self.content, validate=True)
        except ValueError:
            return False
        return hashlib.sha256(content).hexdigest() == self.bundle


@dataclass(frozen=True, slots=True)
class _Held:
    """A bundle that a file holds: behind which event, and whether it is what it says."""

    seq: int
    sha256: str
    whole: bool


#: How the line of a bundle begins.
_BUNDLE = b'{"bundle":'


class _Tail(msgspec.Struct):
    """The last line; its signature is the exporting user's, over it and the first line."""

    anchors: list[tuple[str, str]]
    keys: list[tuple[int, int, str]]
    signer: int
    signature: str = ""

    def digest(self, head: "_Head") -> str:
        """Return what is signed."""
        said = (head, self.anchors, self.keys, self.signer)
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


# ---- writing -----------------------------------------------------------------------------------


def export(
    office: Office, path: Path, acting: Acting, progress: Progress | None = None
) -> Done[int]:
    """Write the log to a file; the writing is an event. Returns how many events were written.

    Raises:
        StorageFault: the place can not be written.
    """
    part = path.with_name(path.name + ".part")
    event = EventDraft("log.export", "event", 0, path.name)
    try:
        with office.ledger.action(event, acting.actor()):
            count = _write(office, part, acting, progress)
            part.replace(path)
    except OSError as error:
        _sweep(part)
        raise StorageFault("read_only", str(path)) from error
    except BaseException:
        _sweep(part)
        raise
    return Done(count, event.seq)


def _sweep(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _write(office: Office, part: Path, acting: Acting, progress: Progress | None) -> int:
    last, _hash = chain.head(office.db)
    head = _Head(
        FORMAT,
        VERSION,
        office.profile().name,
        acting.at.isoformat(timespec="seconds"),
        acting.name,
        last,
        audit.head(office),
    )
    known: dict[int, Key] = {}
    encode, count = msgspec.json.Encoder().encode, 0
    with part.open("wb") as stream:
        stream.write(encode(head) + b"\n")
        for one in chain.keys_of(chain.events(office.db), known):
            line = {
                "event": one.columns,
                "changes": one.changes,
                "hash": one.hash,
                "signature": one.signature,
            }
            stream.write(encode(line) + b"\n")
            for sha256 in _bundles(one):
                if content := queries.bundle_file(office.db, sha256):
                    kept = _Bundle(sha256, base64.b64encode(content).decode())
                    stream.write(encode(kept) + b"\n")
            count += 1
            if progress is not None and count % _STEP == 0:
                progress(_AT_EXPORT, count, last)
        keys = [(row, key.clerk, key.public) for row, key in known.items()]
        signer = office.ledger.signers[acting.clerk]
        tail = _Tail(list(_printed(office)), keys, signer.key_row)
        tail.signature = chain.sign(signer.signing, tail.digest(head))
        stream.write(encode(tail) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return count


def _bundles(one: chain.Event) -> Iterator[str]:
    """Yield the SHA-256 of every bundle that an event made."""
    for table, _row, _rev, before, after in one.changes:
        if table == "bundle" and before is None:
            try:
                yield str(json.loads(str(after))["sha256"])
            except (ValueError, KeyError, TypeError):  # the hash of that event will not hold either
                continue


def _printed(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the heads that were printed, and on what."""
    for number, code in queries.codes(office.db):
        try:
            yield notices.read_code(code).anchor, number
        except UnreadableCode:
            yield "", number
    for label in queries.anchor_labels(office.db):
        name, _, anchor = label.rpartition(" ")
        yield anchor, name


# ---- checking ----------------------------------------------------------------------------------


class NoLog(ValueError):
    """The file is no log of this program, or ends in the middle."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking an exported log came to: a head of plain lines, the faults, each as a sentence."""

    about: tuple[str, ...]
    faults: tuple[str, ...]


def verify(path: Path, progress: Callable[[int, int], None] | None = None) -> Verdict:
    """Check an exported log: every hash, every signature, every printed head.

    Raises:
        NoLog: it is no log of this program.
        OSError: it can not be read.
    """
    head = _head(path)
    found: dict[int, tuple[str, str]] = {}
    wanted = _last_line(path)
    places = {a.seq for text, _ in wanted.anchors if (a := chain.read_anchor(text)) is not None}
    faults: list[str] = []

    wanting: dict[str, int] = {}
    held: list[_Held] = []

    def noted(events: Iterator[chain.Event]) -> Iterator[chain.Event]:
        for one in events:
            if one.seq in places:
                found[one.seq] = (one.hash, _who(one))
            wanting.update(dict.fromkeys(_bundles(one), one.seq))
            yield one

    checked = chain.follow(noted(_events(path, held)), head.events, progress)
    known: dict[int, Key] = {}
    signed = chain.authors(_events(path), known, head.events, progress)
    broken = {one.seq: one for one in (*signed.breaks, *checked.breaks)}
    names = _names(path, set(broken))
    faults += [_words(one, names) for _, one in sorted(broken.items())]
    faults += _uncounted(checked, signed)
    whole = {one.sha256 for one in held if one.whole}
    lost = sorted({seq for sha256, seq in wanting.items() if sha256 not in whole})
    faults += [f"第 {seq} 条里成批改动的原样缺少，或者被改动过。" for seq in lost]
    own = len({(one.sha256, one.seq) for one in held} & wanting.items())
    if own < len(held):
        faults.append(f"有 {len(held) - own} 份成批改动的原样不属于它前面的那条操作记录。")
    if checked.events != head.events or str(_head_of(checked)) != head.anchor:
        faults.append(
            f"文件开头写明共 {head.events} 条、链首 {head.anchor}，实际为 {checked.events} 条、"
            f"链首 {_head_of(checked)}：文件被截短或者改动过。"
        )
    faults += [
        f"{name}上印的链首 {text} 与操作记录不符：它之前的记录被换过。"
        for text, name in wanted.anchors
        if not _holds(text, found)
    ]
    listed = {(row, key.clerk, key.public) for row, key in known.items()}
    if listed != set(wanted.keys):
        faults.append("文件末尾列出的公钥与操作记录里登记的不一致。")
    key = known.get(wanted.signer)
    if key is None or not chain.signed(key.public, wanted.digest(head), wanted.signature):
        faults.append("文件开头和末尾的说明（单位、导出人、链首清单）不是导出人所签，被改动过。")
    about = (
        f"单位：{head.office}",
        f"导出：{head.exported.replace('T', ' ')}　{head.by}",
        f"操作记录：{checked.events} 条（第 {checked.first} 条至第 {checked.last} 条）",
        f"链首：{_head_of(checked)}",
        f"公钥：{len(known)} 个；已核对的印制链首：{len(wanted.anchors)} 个",
    )
    return Verdict(about, tuple(faults))


def _head_of(checked: Checked) -> chain.Anchor | str:
    return chain.anchor(checked.last, checked.head) if _is_hash(checked.head) else ""


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _holds(text: str, found: dict[int, tuple[str, str]]) -> bool:
    anchor = chain.read_anchor(text)
    return anchor is not None and found.get(anchor.seq, ("",))[0].startswith(anchor.digest)


def _uncounted(checked: Checked, signed: Checked) -> list[str]:
    more = checked.count - len(checked.breaks) + signed.count - len(signed.breaks)
    return [f"另有 {more} 处不符，没有逐条列出。"] if more else []


def _words(one: Break, names: dict[int, str]) -> str:
    text = auditwords.FINDINGS[one.broken.value]
    return text.format(seq=one.seq, who=names.get(one.seq, ""))


def _who(one: chain.Event) -> str:
    at = str(one.named("at")).replace("T", " ")[:16]
    action = auditwords.action_words(str(one.named("action")))
    return f"{at} {one.named('clerk_name')!s} {action} {one.named('label')!s}".strip()


def _names(path: Path, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    return {one.seq: _who(one) for one in _events(path) if one.seq in wanted}


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while line := stream.readline(LONGEST):
            if len(line) >= LONGEST:
                raise NoLog("有一行过长")
            yield line


def _head(path: Path) -> _Head:
    try:
        head = msgspec.json.decode(next(_lines(path)), type=_Head)
    except (StopIteration, *_UNREADABLE) as error:
        raise NoLog("开头不是操作记录") from error
    if head.format != FORMAT or head.version not in _READ:
        raise NoLog("不是这个版本的程序能读的操作记录")
    return head


def _last_line(path: Path) -> _Tail:
    last = b""
    for line in _lines(path):
        last = line
    try:
        return msgspec.json.decode(last, type=_Tail)
    except _UNREADABLE as error:
        raise NoLog("末尾不完整，文件被截短") from error


def _events(path: Path, held: list[_Held] | None = None) -> Iterator[chain.Event]:
    """Read the events of a file; every line but the first and the last is one, or a bundle.

    ``held`` gets the bundles.
    """
    lines = _lines(path)
    next(lines)
    decode = msgspec.json.Decoder(_Line).decode
    waiting, seq = next(lines), 0
    for number, line in enumerate(lines, start=2):
        try:
            if waiting.startswith(_BUNDLE):
                if held is not None:
                    bundle = msgspec.json.decode(waiting, type=_Bundle)
                    held.append(_Held(seq, bundle.bundle, bundle.whole()))
                waiting = line
                continue
            one = decode(waiting)
        except _UNREADABLE as error:
            raise NoLog(f"第 {number} 行读不出来") from error
        seq = one.event[0]
        yield chain.Event(one.event, one.changes, one.hash, one.signature)
        waiting = line


def report(path: Path) -> tuple[int, str]:
    """Check an exported log; return the exit code (0: whole) and what to print, in plain Chinese."""
    try:
        verdict = verify(path)
    except NoLog as error:
        return 1, f"无法核对“{path.name}”：{error}。请确认它是本程序导出的操作记录。\n"
    except OSError:
        return 1, f"读不到文件“{path}”。请检查文件名和位置。\n"
    if verdict.faults:
        found = [f"结论：有 {len(verdict.faults)} 处不符。", *verdict.faults]
        return 1, "\n".join((*verdict.about, "", *found)) + "\n"
    whole = "结论：完整。每条操作记录与校验值、签名和印制的链首都相符。"
    return 0, "\n".join((*verdict.about, "", whole)) + "\n"
