"""Field values for every kind of letter, short and long; invented places and people."""

import datetime as dt
from decimal import Decimal

from desktop.notices import Kind
from desktop.paths import resources

LETTERS = resources() / "letters"
OFFICE = "某某市政务公开暨行政权力公开透明运行工作领导小组办公室"
RULES = "《某某市政务公开暨行政权力公开透明运行工作投诉举报受理工作制度（试行）》第七条"
LIABILITY = "《某某市政务公开暨行政权力公开透明运行工作责任追究办法（试行）》"
STORY = (
    "2026年9月28日至10月9日，申请人王𬱖先后4次到市不动产登记中心窗口办理“存量房转移登记”业务，"
    "窗口工作人员每次只口头告知部分材料，未出具《补正材料告知书》；公开栏所列办理时限（15个工作日）"
    "与网站公布的时限（10个工作日）不一致，收费标准未公开……群众反映强烈。"
)


KEY_ROWS = "\n".join(f"{at + 1:02}—{at + 6:02}　的　一　是　在　不　了" for at in range(0, 24, 6))

AGENDA = [
    ("已超期", "函复", "TS-2026-000112", "城管局占道收费未公示", "2026-11-03", "发催办函"),
    (
        "今日到期",
        "书面告知",
        "TS-2026-000128",
        "市不动产登记中心未按规定公开存量房转移登记办理时限和收费标准",
        "2026-11-05",
        "寄发办理情况告知书",
    ),
    ("将到期", "转办", "TS-2026-000131", "某镇未公开低保名单", "2026-11-06", "请领导批示后转办"),
    ("将到期", "整改报告", "AJ-2026-0007", "责任追究决定执行情况", "2026-11-09", "电话提醒"),
]


def _common() -> dict[str, object]:
    return {
        "office": OFFICE,
        "mark": OFFICE,
        "number": "某公开办函〔2026〕37号",
        "dated": dt.date(2026, 11, 5),
        "contact": "赵堃",
        "telephone": "0000-12345678",
        "address": "某某市人民路1号市政务服务中心3楼306室",
        "complaint_number": "TS-2026-000128",
        "received": dt.date(2026, 10, 9),
        "channel": "电子邮件",
        "subject": "市不动产登记中心未按规定公开“存量房转移登记”办理时限和收费标准",
        "addressee": "王堃",
        "basis": RULES + "第（五）项",
        "remedy": "如对本决定有异议，可以自收到本文书之日起15日内，向某某市人民政府申请复核",
    }


def _document(**own: object) -> dict[str, object]:
    head = {
        "mark": OFFICE + "文件",
        "number": "某公开办〔2026〕5号",
        "addressee": "市不动产登记中心",
    }
    return {**_common(), **head, "basis": LIABILITY + "第十条、第十一条", **own}


_SHORT: dict[Kind, dict[str, object]] = {
    Kind.ACCEPTANCE: {
        **_common(),
        "handler": "市不动产登记中心监督检查科",
        "answer_by": dt.date(2026, 10, 16),
    },
    Kind.CHASE: {
        **_common(),
        "receiver": "市自然资源和规划局",
        "transferred": dt.date(2026, 10, 14),
        "transfer_number": "某公开办函〔2026〕31号",
        "due": dt.date(2026, 10, 30),
        "times": 1,
        "reply_by": dt.date(2026, 11, 12),
        "consequence": "",
    },
    Kind.EXTENSION: {
        **_common(),
        "reason": "所反映的事项涉及两个部门的职权，需要调取2024年以来的登记台账逐笔核对",
        "progress": "我办已调取窗口监控录像，约谈了窗口工作人员",
        "due": dt.date(2026, 11, 6),
        "new_due": dt.date(2026, 11, 27),
        "approved_by": "领导小组办公室主要负责人",
    },
    Kind.PAUSE: {
        **_common(),
        "reason": "需要等待某某市人民法院对同一事项作出的判决生效",
        "approved_by": "领导小组办公室主要负责人",
        "since": dt.date(2026, 11, 5),
        "pause_basis": "",
    },
    Kind.RESUME: {
        **_common(),
        "reason": "某某市人民法院的判决已经生效",
        "since": dt.date(2026, 10, 12),
        "resumed": dt.date(2026, 11, 5),
        "days": 24,
    },
    Kind.HEARING_NOTICE: {
        **_common(),
        "addressee": "市不动产登记中心",
        "to_person": False,
        "basis": LIABILITY + "第十条、第十一条、第十二条",
        "facts": STORY,
        "situations": [
            ("不能按规定的程序、范围和时间要求公开的", "《责任追究办法》第六条第（一）项"),
            ("公开的内容不真实的；", "《责任追究办法》第六条第（四）项"),
        ],
        "proposed": ["对你单位提出批评，责令限期改正", "对分管副主任李喆给予通报批评"],
        "state_by": dt.date(2026, 11, 16),
        "way": "当面陈述和申辩请到某某市人民路1号市政务服务中心3楼306室",
    },
    Kind.REFERRAL: {
        **_common(),
        "receiver": "市纪委监委驻市自然资源和规划局纪检监察组",
        "basis": LIABILITY + "第十一条第（四）项",
        "case_number": "AJ-2026-0007",
        "accused": "市不动产登记中心窗口负责人张犇",
        "facts": STORY,
        "reason": "上述行为涉嫌违反纪律，应当由纪检监察机关依照管理权限处理",
        "materials": [
            "投诉举报材料复印件（不含投诉举报人身份信息）",
            "询问笔录",
            "窗口监控录像",
        ],
        "reply_by": dt.date(2026, 11, 30),
    },
    Kind.APPROVAL_SHEET: {
        **_common(),
        "number": "",
        "identity": "实名",
        "accused": "市不动产登记中心",
        "grounds": ["不按时公开，不及时更新公开内容", "不按照职权目录和流程图行使职权"],
        "summary": STORY.replace("申请人王𬱖", "来件人"),
        "deadlines": [
            "转办：2026年10月16日前（收到之日起5个工作日）",
            "书面告知：2026年10月16日前（收到之日起7日）",
        ],
        "proposal": "拟转市自然资源和规划局办理，请其于2026年11月30日前函复",
        "clerk": "赵堃",
    },
    Kind.INTAKE_SHEET: {
        **_common(),
        "number": "",
        "channel": "当面反映",
        "identity": "实名",
        "people": [("王𬱖", "0000-87654321", "某某市建设路8号院3号楼2单元502室")],
        "accused": "市不动产登记中心",
        "grounds": ["不按时公开，不及时更新公开内容"],
        "statement": STORY,
        "demands": "公布统一的办理时限和收费标准，对责任人员作出处理",
        "materials": ["受理窗口照片3张", "网站公布内容打印件"],
        "reply": "",
        "transcript": True,
        "present": True,
        "clerk": "赵堃",
    },
    Kind.ORIGIN_REPLY: {
        **_common(),
        "receiver": "某某市信访局",
        "origin_number": "某信转〔2026〕88号",
        "origin_day": dt.date(2026, 10, 8),
        "progress": STORY.replace("申请人王𬱖", "来件人"),
        "result": "经核实，所反映的问题部分属实。已责令市不动产登记中心统一公布办理时限和收费标准",
    },
    Kind.TRANSCRIPT: {
        **_common(),
        "number": "",
        "begun": "2026年11月5日9时05分",
        "ended": "9时40分",
        "place": "市政务服务中心3楼接谈室",
        "people": [("王𬱖", "0000-87654321", "某某市建设路8号院3号楼2单元502室")],
        "host": "赵堃",
        "recorder": "李𬱖",
        "accused": "市不动产登记中心",
        "statement": STORY,
        "exchanges": [
            ("请说明事情发生的时间、地点和经过。", "前后去了四次，每次说的材料都不一样。"),
            ("有没有证据材料或者知情人？", "有窗口照片3张。"),
        ],
        "demands": "公布统一的办理时限和收费标准",
        "present": True,
    },
    Kind.HANDOVER_SHEET: {
        **_common(),
        "number": "接〔2026〕0003",
        "letter_kind": "反映上级管理的人员",
        "basis": "《纪检监察机关处理检举控告工作规则》第十五条：不得扩大知情范围，不得复制、摘抄内容，不得录入平台",
        "received_at": "9时20分",
        "channel": "信函",
        "brought": "邮递员",
        "envelope": "牛皮纸信封，16开，有某某市邮戳",
        "seal": "0007",
        "sealing": "封口完好",
        "pieces": 1,
        "weight": "36克",
        "to_unit": "某某市纪委监委信访室",
        "taken_by": "周𬱖",
        "handed": None,
        "handed_at": "",
        "clerk": "赵堃",
    },
    Kind.AGENDA_SHEET: {
        **_common(),
        "number": "",
        "day": "星期四，工作日",
        "tally": "已超期1件，今日到期1件，三日内到期2件",
        "items": AGENDA,
        "clerk": "赵堃",
    },
    Kind.RECOVERY_SHEET: {
        **_common(),
        "number": "",
        "file_name": "阳光台账.db",
        "data_key": KEY_ROWS,
        "identity_key": KEY_ROWS,
        "clerk": "赵堃",
    },
    Kind.EVIDENCE_LIST: {
        **_common(),
        "number": "",
        "case_number": "责〔2026〕0007",
        "accused": "市不动产登记中心",
        "cause": "窗口与网站公布的办理时限不一致",
        "tally": "证据3件，附件2个",
        "items": [
            (
                "1",
                "受理窗口公开栏照片",
                "视听资料",
                "2026-10-12",
                "赵堃、王敏",
                "公开栏所列办理时限为15个工作日",
                "窗口照片.jpg",
            ),
            (
                "2",
                "窗口工作人员询问笔录",
                "询问笔录",
                "2026-10-14",
                "赵堃、王敏",
                "收费标准没有公开",
                "投〔2026〕0128附件1",
            ),
            ("3", "网站公布内容打印件", "书证", "2026-10-14", "赵堃", "", ""),
        ],
        "clerk": "赵堃",
    },
    Kind.MONTHLY_SHEET: {
        **_common(),
        "number": "",
        "month": "2026年9月",
        "events": 214,
        "first": 1021,
        "last": 1234,
        "anchor": "1234-ABCD-EFGH-IJKL-MNOP",
        "complaints": "本月12件：投〔2026〕0117至投〔2026〕0128",
        "cases": "本月1件：责〔2026〕0009",
        "letters": "本月没有新编号",
        "apart": "",
        "clerk": "赵堃",
    },
    Kind.ENVELOPE: {
        **_common(),
        "recipient": "王𬱖",
        "recipient_address": "某某市建设路8号院3号楼2单元502室",
        "postcode": "071000",
        "office_postcode": "071051",
        "size": "",
        "preprinted": False,
    },
    Kind.ADDRESS_LABELS: {
        **_common(),
        "addresses": [
            ("071000", "某某市建设路8号院3号楼2单元502室", "王𬱖"),
            ("071051", "某某市人民路1号", "市自然资源和规划局"),
            ("", "某某市人民路2号市不动产登记中心3楼会议室东侧", "市不动产登记中心"),
        ],
        "size": "",
        "skip": 1,
    },
    Kind.TRANSFER: {
        **_common(),
        "receiver": "市自然资源和规划局",
        "summary": STORY.replace("申请人王𬱖", "来件人"),
        "demands": "公布统一的办理时限和收费标准，对责任人员作出处理",
        "reply_by": dt.date(2026, 11, 30),
        "grounds": ["不按时公开，不及时更新公开内容", "不按照职权目录和流程图行使职权"],
        "accused": "市不动产登记中心",
        "upheld": "",
        "former_day": None,
        "former_number": "",
        "objected": None,
        "objection_number": "",
    },
    Kind.REFUSAL: {
        **_common(),
        "reason": "所反映的事项已经人民法院立案审理，不属于本机关受理投诉举报的范围",
        "channel_hint": "您可以在诉讼程序中向受理案件的人民法院提出主张",
    },
    Kind.INTERIM: {
        **_common(),
        "progress": "我办已调取窗口监控录像和登记台账，并向被反映单位发出核查通知。",
        "next": "约谈有关人员，核对公开栏与网站公布的内容",
        "expected": dt.date(2026, 12, 1),
    },
    Kind.RESULT: {
        **_common(),
        "findings": STORY,
        "outcome": "部分属实",
        "handling": "已责令市不动产登记中心于2026年11月20日前统一公布办理时限和收费标准。",
    },
    Kind.DECISION: _document(
        unit="市不动产登记中心",
        facts=STORY,
        situations=[
            ("不能按规定的程序、范围和时间要求公开的", "《责任追究办法》第六条第（一）项"),
            ("公开的内容不真实的；", "《责任追究办法》第六条第（四）项"),
        ],
        hearing="10月20日，我办当面听取了李喆、张犇的陈述和申辩，并制作笔录；"
        "其提出的网站由第三方维护的理由，经核实不成立，不予采纳",
        responsibilities=[
            "李喆（分管副主任）审核同意，承担主要责任",
            "张犇（窗口负责人）承办，承担次要责任。",
        ],
        sanctions=["对市不动产登记中心提出批评，责令限期改正。", "对李喆给予通报批评"],
        recommendations=["建议市自然资源和规划局对张犇的岗位作出调整"],
        rectify_by=dt.date(2026, 12, 10),
        report_to=OFFICE,
        copied_to=["市纪委监委驻市自然资源和规划局纪检监察组", "市自然资源和规划局"],
    ),
    Kind.RECTIFICATION: _document(
        unit="市不动产登记中心",
        problems=["公开栏与网站公布的办理时限不一致", "收费标准未公开。"],
        requirements=["统一公布办理时限", "公开收费标准和依据", "建立公开内容核对制度"],
        rectify_by=dt.date(2026, 12, 10),
        report_to=OFFICE,
    ),
    Kind.ASSESSMENT: _document(
        unit="市不动产登记中心",
        round_name="年终考核",
        year=2026,
        scores=[
            ("组织领导", Decimal("18.50"), 20),
            ("宣传教育", 9, 10),
            ("公开情况", Decimal("25"), 30),
            ("动态公开情况", 16.5, 20),
            ("制度规范化建设", 17, 20),
        ],
        total=86,
        full=100,
        grade="良好",
        consequence="本次考核结果作为党风廉政建设责任制考核和民主评议的依据",
        problems=["动态公开登记不及时", "配套制度未全部建立"],
        local_note="本次考核各项分值和档次分数线由我办自行确定",
    ),
    Kind.RECEIPT: _document(
        document_title="关于对市不动产登记中心予以责任追究的决定",
        document_number="某公开办〔2026〕5号",
        recipient="李喆",
        recipient_unit="市不动产登记中心",
        way="直接送达",
        place="市不动产登记中心3楼会议室",
        served_on=None,
        server="",
        witness="",
        remark="",
    ),
}


def short_fields(kind: Kind) -> dict[str, object]:
    """Return values as they usually are."""
    return dict(_SHORT[kind])


def long_fields(kind: Kind) -> dict[str, object]:
    """Return values that fill several pages, in paragraphs with headings of their own."""
    text = "\n".join(f"（{'一二三四'[k]}）关于第{k + 1}个问题。{STORY * 2}" for k in range(4))
    items = [f"{STORY}（第{k + 1}项）" for k in range(4)]
    fields = short_fields(kind)
    longer: dict[Kind, dict[str, object]] = {
        Kind.ACCEPTANCE: {
            "remedy": text,
            "handler": "某某市自然资源和规划局不动产登记监督检查科" * 3,
        },
        Kind.CHASE: {"consequence": text, "times": 3},
        Kind.EXTENSION: {"reason": text, "progress": STORY * 2},
        Kind.PAUSE: {"reason": text},
        Kind.RESUME: {"reason": text},
        Kind.HEARING_NOTICE: {"facts": text, "proposed": items},
        Kind.REFERRAL: {"facts": text, "reason": STORY},
        Kind.APPROVAL_SHEET: {"summary": text, "proposal": STORY},
        Kind.INTAKE_SHEET: {"statement": text, "people": [("王𬱖", "1", "甲"), ("李喆", "", "")]},
        Kind.AGENDA_SHEET: {"items": [(*row[:5], STORY) for row in AGENDA * 12]},
        Kind.ENVELOPE: {"recipient": OFFICE * 2, "recipient_address": STORY[:60]},
        Kind.ADDRESS_LABELS: {"addresses": [("071000", OFFICE, OFFICE)] * 30},
        Kind.TRANSFER: {"summary": text, "demands": STORY * 2},
        Kind.REFUSAL: {"reason": STORY * 6},
        Kind.INTERIM: {"progress": text, "next": STORY},
        Kind.RESULT: {"findings": text, "handling": text},
        Kind.DECISION: {"facts": text, "responsibilities": items, "sanctions": items},
        Kind.RECTIFICATION: {"problems": items, "requirements": items},
        Kind.ASSESSMENT: {"problems": items},
        Kind.RECEIPT: {"remark": text, "place": STORY},
        Kind.ORIGIN_REPLY: {"progress": text, "result": text},
        Kind.TRANSCRIPT: {"statement": text, "exchanges": [(STORY, STORY)] * 6},
        Kind.HANDOVER_SHEET: {"envelope": STORY},
    }
    return {**fields, **longer[kind]}
