"""A plausible record for every kind of letter, to show a wording filled in; invented throughout."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from desktop.notices import FieldType, Kind, fields_of
from desktop.usecases.office import Office

Fields = dict[str, object]

_UNIT = "市住房保障局"
_SUBJECT = "市住房保障局未按规定公开公租房配租结果"
_STORY = (
    "申请人到窗口查询公租房配租结果，窗口只口头答复；公开栏所列的办理时限与网站公布的不一致，"
    "配租名单和收费标准没有公开。"
)
_SITUATIONS = (
    ("不能按规定的程序、范围和时间要求公开的", "《责任追究办法》第六条第（一）项"),
    ("公开的内容不真实的", "《责任追究办法》第六条第（四）项"),
)
_GROUNDS = ("不按时公开，不及时更新公开内容", "不按照职权目录和流程图行使职权")


def sample_fields(office: Office, kind: Kind, today: date, *, full: bool = True) -> Fields:
    """Return values for every field a kind may use, dated around ``today``.

    Without ``full`` whatever may be left open is left open, and lists are as short as they may
    be: a wording has to read well then, too.
    """
    values = {**_common(office, today), **_OWN[kind](today)}
    types = fields_of(kind)
    for name, wanted in types.items():
        values.setdefault(name, _filler(wanted, today))
    if full:
        return values
    return {name: _sparse(value, types.get(name)) for name, value in values.items()}


def _common(office: Office, today: date) -> Fields:
    profile = office.profile()
    return {
        "office": profile.name,
        "mark": profile.letterhead,
        "number": f"{profile.mark}函〔{today.year}〕37号",
        "dated": today,
        "contact": profile.contact or "王敏",
        "telephone": profile.telephone or "0000-12345678",
        "address": profile.address or "人民路1号",
        "complaint_number": f"TS-{today.year}-000128",
        "received": today - timedelta(days=5),
        "channel": "信函",
        "subject": _SUBJECT,
        "addressee": "李一鸣",
        "basis": "《投诉举报受理工作制度》第七条",
        "remedy": "如有异议，可以自收到本文书之日起在规定的期限内申请复核",
    }


def _filler(wanted: FieldType, today: date) -> object:
    """Stand in for a field that a later kind brings along."""
    match wanted:
        case FieldType.DATE | FieldType.OPTIONAL_DATE:
            return today
        case FieldType.FLAG:
            return True
        case FieldType.NUMBER:
            return 1
        case FieldType.TEXT | FieldType.OPTIONAL_TEXT:
            return "（样例）"
        case FieldType.TEXTS | FieldType.ITEMS:
            return ("（样例一）", "（样例二）")
        case FieldType.SITUATIONS:
            return _SITUATIONS
        case _:
            return ()


def _sparse(value: object, wanted: FieldType | None) -> object:
    match wanted:
        case FieldType.OPTIONAL_TEXT:
            return ""
        case FieldType.OPTIONAL_DATE:
            return None
        case FieldType.FLAG:
            return False
        case FieldType.TEXTS | FieldType.PEOPLE | FieldType.TABLE:
            return ()
        case FieldType.ITEMS | FieldType.SITUATIONS if isinstance(value, tuple):
            return value[:1]
        case _:
            return value


def _acceptance(today: date) -> Fields:
    return {"handler": f"{_UNIT}监督检查科", "answer_by": today + timedelta(days=10)}


def _refusal(_today: date) -> Fields:
    return {
        "reason": "所反映的事项已经人民法院立案审理，不属于受理投诉举报的范围",
        "channel_hint": "您可以在诉讼程序中向受理案件的人民法院提出主张",
    }


def _transfer(today: date) -> Fields:
    return {
        "receiver": "市住房和城乡建设局",
        "summary": _STORY,
        "demands": "公布配租结果和收费标准，统一公布办理时限",
        "reply_by": today + timedelta(days=30),
        "grounds": _GROUNDS,
        "accused": _UNIT,
        "upheld": "",
        "former_day": None,
        "former_number": "",
        "objected": None,
        "objection_number": "",
    }


def _chase(today: date) -> Fields:
    return {
        "receiver": "市住房和城乡建设局",
        "transferred": today - timedelta(days=34),
        "transfer_number": f"第{today.year}-31号转办函",
        "due": today - timedelta(days=4),
        "times": 2,
        "reply_by": today + timedelta(days=7),
        "consequence": "无正当理由逾期仍不函复的，依照责任追究的规定处理",
    }


def _extension(today: date) -> Fields:
    return {
        "reason": "所反映的事项涉及两个部门的职权，需要逐笔核对登记台账",
        "progress": "我办已调取窗口的登记台账，约谈了窗口工作人员",
        "due": today + timedelta(days=2),
        "new_due": today + timedelta(days=23),
        "approved_by": "领导小组办公室主要负责人",
    }


def _pause(today: date) -> Fields:
    return {
        "reason": "需要等待人民法院对同一事项作出的判决生效",
        "approved_by": "领导小组办公室主要负责人",
        "since": today,
        "pause_basis": "",
    }


def _resume(today: date) -> Fields:
    return {
        "reason": "人民法院的判决已经生效",
        "since": today - timedelta(days=24),
        "resumed": today,
        "days": 24,
    }


def _interim(today: date) -> Fields:
    return {
        "progress": "我办已调取登记台账，并向被反映的单位发出核查通知",
        "next": "约谈有关人员，核对公开栏与网站公布的内容",
        "expected": today + timedelta(days=20),
    }


def _result(_today: date) -> Fields:
    return {
        "findings": _STORY,
        "outcome": "部分属实",
        "handling": f"已责令{_UNIT}统一公布办理时限和收费标准",
    }


def _hearing_notice(today: date) -> Fields:
    return {
        "addressee": _UNIT,
        "to_person": False,
        "basis": "《责任追究办法》第十条、第十一条",
        "facts": _STORY,
        "situations": _SITUATIONS,
        "proposed": ("对你单位提出批评，责令限期改正", "对分管副局长赵建国给予通报批评"),
        "state_by": today + timedelta(days=10),
        "way": "当面陈述和申辩请到市政务服务中心3楼306室",
    }


def _referral(today: date) -> Fields:
    return {
        "receiver": "市纪委监委驻市住房和城乡建设局纪检监察组",
        "basis": "《责任追究办法》第十一条",
        "case_number": f"AJ-{today.year}-0007",
        "accused": f"{_UNIT}窗口负责人张喆",
        "facts": _STORY,
        "reason": "上述行为涉嫌违反纪律，应当由纪检监察机关依照管理权限处理",
        "materials": ("投诉举报材料复印件（不含投诉举报人身份信息）", "询问笔录", "登记台账"),
        "reply_by": today + timedelta(days=30),
    }


def _decision(today: date) -> Fields:
    return {
        "addressee": _UNIT,
        "unit": _UNIT,
        "basis": "《责任追究办法》第十条、第十一条",
        "facts": _STORY,
        "situations": _SITUATIONS,
        "hearing": "我办当面听取了赵建国、张喆的陈述和申辩并制作笔录，其理由经核实不成立",
        "responsibilities": (
            "赵建国（分管副局长）审核同意，承担主要责任",
            "张喆（窗口负责人）承办，承担次要责任",
        ),
        "sanctions": (f"对{_UNIT}提出批评，责令限期改正", "对赵建国给予通报批评"),
        "recommendations": ("建议市住房和城乡建设局对张喆的岗位作出调整",),
        "rectify_by": today + timedelta(days=30),
        "report_to": "我办",
        "copied_to": ("市纪委监委", "市住房和城乡建设局"),
    }


def _rectification(today: date) -> Fields:
    return {
        "addressee": _UNIT,
        "unit": _UNIT,
        "basis": "《责任追究办法》第十条",
        "problems": ("公开栏与网站公布的办理时限不一致", "收费标准没有公开"),
        "requirements": ("统一公布办理时限", "公开收费标准和依据", "建立公开内容核对制度"),
        "rectify_by": today + timedelta(days=30),
        "report_to": "我办",
    }


def _assessment(today: date) -> Fields:
    return {
        "addressee": _UNIT,
        "unit": _UNIT,
        "basis": "《考核办法》第五条",
        "round_name": "年终考核",
        "year": today.year,
        "scores": (
            ("组织领导", 18.5, 20),
            ("公开情况", 25, 30),
            ("动态公开情况", 26, 30),
            ("制度建设", 16.5, 20),
        ),
        "total": 86,
        "full": 100,
        "grade": "良好",
        "consequence": "本次考核结果作为年度综合考核的依据",
        "problems": ("动态公开登记不及时", "配套制度没有全部建立"),
        "local_note": "本次考核各项分值和档次分数线由我办自行确定",
    }


def _receipt(today: date) -> Fields:
    return {
        "number": "",
        "document_title": f"关于对{_UNIT}予以责任追究的决定",
        "document_number": f"第{today.year}-5号决定书",
        "recipient": "赵建国",
        "recipient_unit": _UNIT,
        "way": "直接送达",
        "place": f"{_UNIT}3楼会议室",
        "served_on": today,
        "server": "王敏",
        "witness": "李堃",
        "remark": "",
    }


def _approval_sheet(today: date) -> Fields:
    return {
        "number": "",
        "identity": "实名",
        "accused": _UNIT,
        "grounds": _GROUNDS,
        "summary": _STORY,
        "deadlines": (f"转办：{today.month}月{today.day}日前", "书面告知：收到后在规定的期限内"),
        "proposal": "拟转市住房和城乡建设局办理",
        "clerk": "王敏",
    }


def _intake_sheet(_today: date) -> Fields:
    return {
        "number": "",
        "identity": "实名",
        "channel": "当面反映",
        "people": (("李一鸣", "13000000000", "文华路8号院3号楼502室"),),
        "accused": _UNIT,
        "grounds": _GROUNDS,
        "statement": _STORY,
        "demands": "公布配租结果和收费标准",
        "materials": ("窗口照片3张", "网站公布内容打印件"),
        "reply": "电话：13000000000",
        "transcript": True,
        "present": True,
        "clerk": "王敏",
    }


def _origin_reply(today: date) -> Fields:
    return {
        "receiver": "市信访局",
        "addressee": "市信访局",
        "origin_number": f"市信转〔{today.year}〕88号",
        "origin_day": today - timedelta(days=12),
        "progress": _STORY,
        "result": f"经核实，所反映的问题属实。已责令{_UNIT}限期公开配租结果",
    }


def _transcript(today: date) -> Fields:
    return {
        "number": "",
        "begun": f"{today.year}年{today.month}月{today.day}日9时05分",
        "ended": "9时40分",
        "place": "市政务服务中心3楼接谈室",
        "people": (("李一鸣", "13000000000", "文华路8号院3号楼502室"),),
        "host": "王敏",
        "recorder": "李堃",
        "accused": _UNIT,
        "statement": _STORY,
        "exchanges": (
            ("请说明事情发生的时间、地点和经过。", "上个月两次到窗口查询，都没有书面答复。"),
            ("有没有证据材料或者知情人？", "有窗口照片3张。"),
        ),
        "demands": "公布配租结果和收费标准",
        "present": True,
    }


def _handover_sheet(today: date) -> Fields:
    return {
        "number": f"接〔{today.year}〕0003",
        "letter_kind": "反映上级管理的人员",
        "basis": "《检举控告工作规则》第十五条",
        "received_at": "9时20分",
        "channel": "信函",
        "brought": "邮递员",
        "envelope": "牛皮纸信封，16开，有邮戳",
        "seal": "0007",
        "sealing": "封口完好",
        "pieces": 1,
        "weight": "36克",
        "to_unit": "市纪委监委信访室",
        "taken_by": "赵建国",
        "handed": today,
        "handed_at": "15时00分",
        "clerk": "王敏",
    }


def _agenda_sheet(today: date) -> Fields:
    number = f"TS-{today.year}-000128"
    day = today.isoformat()
    return {
        "number": "",
        "items": (
            ("已超期", "函复", number, _SUBJECT, day, "发催办函"),
            ("今日到期", "书面告知", number, _SUBJECT, day, "寄发办理情况告知书"),
        ),
        "day": "工作日",
        "tally": "已超期1件，今日到期1件",
        "clerk": "王敏",
    }


def _recovery_sheet(_today: date) -> Fields:
    rows = "\n".join(f"{k + 1:02}—{k + 6:02}　示　例　不　是　密　钥" for k in range(0, 24, 6))
    return {
        "number": "",
        "file_name": "阳光台账.db",
        "data_key": rows,
        "identity_key": rows,
        "clerk": "王敏",
    }


def _monthly_sheet(today: date) -> Fields:
    return {
        "month": f"{today.year}年{today.month}月",
        "events": 214,
        "first": 1021,
        "last": 1234,
        "anchor": "1234-ABCD-EFGH-IJKL-MNOP",
        "complaints": f"本月12件：投〔{today.year}〕0117至投〔{today.year}〕0128",
        "cases": f"本月1件：责〔{today.year}〕0009",
        "letters": "本月没有新编号",
        "apart": "只登交接1件",
        "clerk": "王敏",
    }


def _evidence_list(today: date) -> Fields:
    day = today.isoformat()
    return {
        "number": "",
        "case_number": f"AJ-{today.year}-0007",
        "accused": _UNIT,
        "cause": _SUBJECT,
        "tally": "证据2件，附件2个",
        "items": (
            ("1", "窗口登记台账复印件", "书证", day, "王敏、李堃", "办理时限未公布", "台账.pdf"),
            ("2", "窗口工作人员询问笔录", "询问笔录", day, "王敏、李堃", "收费标准未公开", ""),
        ),
        "clerk": "王敏",
    }


def _envelope(_today: date) -> Fields:
    return {
        "recipient": "李一鸣",
        "recipient_address": "文华路8号院3号楼502室",
        "postcode": "100000",
        "office_postcode": "100001",
        "size": "",
        "preprinted": False,
    }


def _address_labels(_today: date) -> Fields:
    return {
        "addresses": (
            ("100000", "文华路8号院3号楼502室", "李一鸣"),
            ("100001", "人民路1号", "市住房和城乡建设局"),
        ),
        "size": "",
        "skip": 0,
    }


_OWN: Mapping[Kind, Callable[[date], Fields]] = {
    Kind.ACCEPTANCE: _acceptance,
    Kind.REFUSAL: _refusal,
    Kind.TRANSFER: _transfer,
    Kind.CHASE: _chase,
    Kind.EXTENSION: _extension,
    Kind.PAUSE: _pause,
    Kind.RESUME: _resume,
    Kind.INTERIM: _interim,
    Kind.RESULT: _result,
    Kind.HEARING_NOTICE: _hearing_notice,
    Kind.DECISION: _decision,
    Kind.REFERRAL: _referral,
    Kind.RECTIFICATION: _rectification,
    Kind.ASSESSMENT: _assessment,
    Kind.RECEIPT: _receipt,
    Kind.APPROVAL_SHEET: _approval_sheet,
    Kind.INTAKE_SHEET: _intake_sheet,
    Kind.ORIGIN_REPLY: _origin_reply,
    Kind.TRANSCRIPT: _transcript,
    Kind.HANDOVER_SHEET: _handover_sheet,
    Kind.AGENDA_SHEET: _agenda_sheet,
    Kind.RECOVERY_SHEET: _recovery_sheet,
    Kind.MONTHLY_SHEET: _monthly_sheet,
    Kind.EVIDENCE_LIST: _evidence_list,
    Kind.ENVELOPE: _envelope,
    Kind.ADDRESS_LABELS: _address_labels,
}
