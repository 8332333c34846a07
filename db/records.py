"""The records that queries return: rows as frozen values, without any rule."""

from datetime import date, datetime

from frozen import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The office itself (本单位信息): names as printed and as put into numbers."""

    id: int
    name: str
    letterhead: str
    mark: str
    telephone: str
    address: str
    contact: str


@dataclass(frozen=True, slots=True)
class PackChoice:
    """Which rulebook an office uses for a system (规则选用)."""

    id: int
    system: str
    pack: str
    version: int


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk of the office (经办人): title (职务) as the office says, roles (角色) by key words."""

    id: int
    name: str
    title: str
    roles: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under the office's eye (单位)."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a unit (人员)."""

    id: int
    name: str
    unit: int
    post: str


@dataclass(frozen=True, slots=True)
class WorkdayOverride:
    """The office's own entry for one day (工作日补录)."""

    id: int
    day: date
    working: bool
    label: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint (投诉举报) without its complainants' identity."""

    id: int
    rev: int
    void: bool
    number: str
    pack: str
    pack_version: int
    channel: str
    received: date
    registered: date
    identity: str
    accused_unit: int
    unit_name: str
    accused_person: str
    subject: str
    body: str
    demands: str
    state: str
    ruling: str | None
    outcome: str | None
    transferred: date | None
    refusal_told: date | None
    told_in_writing: date | None
    closed: date | None
    case_id: int | None
    case_number: str | None
    sealed: str = ""
    import_batch: int | None = None
    old_number: str = ""
    year: int = 0
    serial: int = 0
    origin: str = ""
    origin_number: str = ""
    origin_day: date | None = None
    origin_due: date | None = None
    paused: date | None = None
    reply_way: str = ""
    reply_address: str = ""
    reply_postcode: str = ""
    reply_email: str = ""
    origin_replied: date | None = None
    origin_reply: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintArchive:
    """Under what a complaint was filed (归档): volume, box, how long it is kept, its pages."""

    id: int
    complaint: int
    volume: str
    box: str
    retention: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Rest:
    """One end of a pause of a complaint: ``step`` is pause or resume (中止、恢复)."""

    complaint: int
    step: str
    day: date


@dataclass(frozen=True, slots=True)
class LastAction:
    """The last action on a record that changed something and still stands (上一步)."""

    seq: int
    at: datetime
    clerk_name: str
    action: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An action on a record that was taken back, by whom, and why (撤销).

    ``own``: the action itself takes something back (取消关联); nothing took it back.
    """

    seq: int
    at: datetime
    clerk_name: str
    reason: str
    action: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class RegisterVolume:
    """A volume of the register that was printed and bound (登记簿分册)."""

    id: int
    year: int
    volume: int
    first: int
    last: int
    pages: int
    named: bool
    printed: date


@dataclass(frozen=True, slots=True)
class Complainant:
    """A complainant (投诉举报人): identity, a legal secret."""

    id: int
    complaint: int
    name: str
    phone: str
    address: str
    representative: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintPoint:
    """One thing that a complaint asks for, and what is answered to it (诉求)."""

    id: int
    complaint: int
    text: str
    answer: str
    state: str


@dataclass(frozen=True, slots=True)
class ComplaintLink:
    """What one complaint is to another (关联件), as seen from the complaint it was asked of.

    ``complaint`` is ``kind`` of ``other``; ``far``…: the one of the two that was not asked of.
    """

    id: int
    complaint: int
    other: int
    kind: str
    far: int
    far_number: str
    far_received: date
    far_state: str
    far_void: bool
    far_subject: str


@dataclass(frozen=True, slots=True)
class Read:
    """What of a complaint is read to find out whether another is the same matter."""

    id: int
    number: str
    received: date
    state: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class ComplaintStep:
    """One step taken on a complaint (办理过程)."""

    id: int
    complaint: int
    step: str
    day: date
    person: str
    unit: int | None
    unit_name: str | None
    due: date | None
    outcome: str | None
    text: str
    detail: str
    letter: int | None
    letter_number: str | None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles a complaint, since when, and until when if no longer (承办人)."""

    id: int
    complaint: int
    name: str
    unit: int | None
    unit_name: str | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Recusal:
    """Who must not deal with a complaint, why, and who decided that (回避).

    ``clerk``: the user it is, if one; ``relation`` and ``reason`` may be sealed; ``lifted``: the day
    since which it holds no longer.
    """

    id: int
    complaint: int
    name: str
    unit: int | None
    unit_name: str | None
    clerk: int | None
    relation: str
    reason: str
    decided_by: str
    day: date
    lifted: date | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a record (附件)."""

    id: int
    owner: str
    owner_id: int
    name: str
    sha256: str
    size: int
    added: date
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was given a number (文书)."""

    id: int
    void: bool
    kind: str
    number: str
    subject: str
    subject_id: int
    title: str
    addressee: str
    dated: date
    pages: int
    sha256: str
    status: str = "used"
    void_reason: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class BookLetter:
    """An entry of the letter book (发文登记簿): a number and what became of it.

    ``status``: reserved (预留, the title says what for), used, void (作废, with a reason). An entry
    whose making was taken back is ``void`` with status used. ``fields``, ``fonts`` and ``findings``
    are JSON; ``kept``: its bytes are in the file.
    """

    id: int
    rev: int
    void: bool
    kind: str
    series: str
    year: int
    serial: int
    number: str
    subject: str
    subject_id: int
    subject_number: str
    round: int
    pack: str
    title: str
    addressee: str
    dated: date
    pages: int
    sha256: str
    fields: str
    status: str
    void_reason: str
    template: int | None
    fonts: str
    code: str
    findings: str
    kept: bool
    sealed: date | None
    dispatched: date | None
    served: date | None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal put on a letter (用印登记)."""

    id: int
    letter: int
    day: date
    approved_by: str
    sealed_by: str
    copies: int
    note: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A letter sent off (发出登记)."""

    id: int
    letter: int
    day: date
    way: str
    recipient: str
    tracking: str
    note: str


@dataclass(frozen=True, slots=True)
class SeriesCount:
    """The last number that was given in a series and year."""

    series: str
    year: int
    last: int


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A version of the office's own wording of a kind of letter (文书模板的版本).

    An empty ``content`` says that the program's own wording was put back.
    """

    id: int
    kind: str
    pack: str
    version: int
    content: str
    made: datetime
    note: str
    made_by: str
    letters: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file (责任追究案卷)."""

    id: int
    rev: int
    void: bool
    number: str
    pack: str
    pack_version: int
    complaint: int | None
    complaint_number: str | None
    round_unit: int | None
    unit: int
    unit_name: str
    title: str
    facts: str
    opened: date
    state: str
    approval: str | None
    rung: str | None
    departure: str
    approved_by: str
    approved: date | None
    approval_note: str
    decided: date | None
    rectify_by: date | None
    reported: date | None
    report: str
    closed: date | None
    closing_note: str


@dataclass(frozen=True, slots=True)
class CasePerson:
    """A person of a case (被追究人员), with role, conduct and share of responsibility."""

    id: int
    case_file: int
    name: str
    post: str
    role: str
    advised: bool
    adopted: bool
    kept_silent: bool
    exhibit: str
    proposed_share: str | None
    share: str | None
    share_reason: str


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """One piece of evidence (证据)."""

    id: int
    case_file: int
    name: str
    kind: str
    taken: date
    taken_by: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseHearing:
    """One person's statement and defence (陈述申辩), or the signed waiver."""

    id: int
    case_file: int
    case_person: int
    day: date
    place: str
    recorder: str
    waived: bool
    statement: str
    opinion: str


@dataclass(frozen=True, slots=True)
class CaseSanction:
    """One measure decided (处理措施); ``case_person`` None is the unit itself."""

    id: int
    case_file: int
    case_person: int | None
    measure: str
    text: str
    authority: str


@dataclass(frozen=True, slots=True)
class Service:
    """How and when a letter was served (送达)."""

    id: int
    letter: int
    letter_number: str
    letter_title: str
    recipient: str
    day: date
    way: str
    place: str
    server: str
    receiver: str
    witness: str
    note: str


@dataclass(frozen=True, slots=True)
class Round:
    """An assessment round (考核轮次)."""

    id: int
    rev: int
    year: int
    kind: str
    name: str
    pack: str
    pack_version: int
    opened: date
    state: str


@dataclass(frozen=True, slots=True)
class RoundBlock:
    """A block's full points in a round, in hundredths."""

    id: int
    round: int
    block: str
    points: int


@dataclass(frozen=True, slots=True)
class RoundCutOff:
    """A grade's least total in a round, in hundredths."""

    id: int
    round: int
    grade: str
    floor: int


@dataclass(frozen=True, slots=True)
class RoundUnit:
    """A unit assessed in a round (被考核单位)."""

    id: int
    round: int
    unit: int
    unit_name: str
    unsatisfied: bool
    problems: str
    grade: str | None
    graded: date | None
    letter: int | None
    letter_number: str | None
    case_id: int | None
    case_number: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one block of one unit, in hundredths."""

    id: int
    round_unit: int
    block: str
    points: int
    note: str


@dataclass(frozen=True, slots=True)
class Event:
    """One action of a clerk (操作记录)."""

    seq: int
    at: datetime
    clerk_name: str
    action: str
    subject: str
    subject_id: int
    label: str
    reason: str
    undoes: int | None


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """A ledger that was imported (导入的旧台账); ``mapping`` is JSON: a field or null by column."""

    id: int
    void: bool
    file_name: str
    sheet: str
    sha256: str
    day: date
    rows: int
    left_out: int
    headers: str
    mapping: str


@dataclass(frozen=True, slots=True)
class PastBatch:
    """An import of the past with its event, and with who took it back if so (以前的导入)."""

    id: int
    file_name: str
    rows: int
    left_out: int
    seq: int
    at: datetime
    clerk_name: str
    first: str
    last: str
    back_at: datetime | None
    back_by: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event as the log lists it (操作记录的一行); ``undone_by``: the event that took it back."""

    seq: int
    at: datetime
    clerk: int
    clerk_name: str
    action: str
    subject: str
    subject_id: int
    label: str
    reason: str
    undoes: int | None
    signer: int | None
    doubtful: bool
    hash: str
    signature: str
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class LogChange:
    """One row that an event changed: before and after, as JSON."""

    tbl: str
    row_id: int
    rev: int
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which events are wanted (筛选): days, clerk, kind of action, words of the record's number."""

    first: date | None = None
    last: date | None = None
    clerk: int | None = None
    group: str = ""
    record: str = ""
    reveals: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class LogCount:
    """How many events there are, and the first and last number among them."""

    events: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Handover:
    """A letter of which only the handing over is kept (只登交接); ``weight`` in grams."""

    id: int
    rev: int
    void: bool
    year: int
    serial: int
    number: str
    kind: str
    pack: str
    pack_version: int
    received: date
    received_at: str
    channel: str
    brought: str
    envelope: str
    seal: str
    sealing: str
    pieces: int
    weight: int | None
    to_unit: str
    to_person: str
    handed: date | None
    handed_at: str
    registered: date
    clerk_name: str
    handed_by: str
    state: str
    void_reason: str


@dataclass(frozen=True, slots=True)
class Filing:
    """What a unit reported of a complaint that it dealt with itself (备案)."""

    id: int
    rev: int
    void: bool
    year: int
    serial: int
    number: str
    pack: str
    pack_version: int
    rule: str
    unit: int
    unit_name: str
    reported: date
    period: str
    no_cases: bool
    unit_number: str
    received: date | None
    subject: str
    outcome: str | None
    handling: str
    answered: date | None
    registered: date
    void_reason: str
