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
        "basis": RULES + "（五）",
        "remedy": "如对本决定有异议，可以自收到本文书之日起15日内，向某某市人民政府申请复核",
    }


def _document(**own: object) -> dict[str, object]:
    head = {
        "mark": OFFICE + "文件",
        "number": "某公开办〔2026〕5号",
        "addressee": "市不动产登记中心",
    }
    return {**_common(), **head, "basis": LIABILITY + "第十条、第十一条", **own}


def short_fields(kind: Kind) -> dict[str, object]:
    """Return values as they usually are."""
    match kind:
        case Kind.TRANSFER:
            return {
                **_common(),
                "receiver": "市自然资源和规划局",
                "summary": STORY.replace("申请人王𬱖", "来件人"),
                "demands": "公布统一的办理时限和收费标准，对责任人员作出处理",
                "reply_by": dt.date(2026, 11, 30),
                "grounds": ["不按时公开，不及时更新公开内容", "不按照职权目录和流程图行使职权"],
                "accused": "市不动产登记中心",
            }
        case Kind.REFUSAL:
            return {
                **_common(),
                "reason": "所反映的事项已经人民法院立案审理，不属于本机关受理投诉举报的范围",
                "channel_hint": "您可以在诉讼程序中向受理案件的人民法院提出主张",
            }
        case Kind.INTERIM:
            return {
                **_common(),
                "progress": "我办已调取窗口监控录像和登记台账，并向被反映单位发出核查通知。",
                "next": "约谈有关人员，核对公开栏与网站公布的内容",
                "expected": dt.date(2026, 12, 1),
            }
        case Kind.RESULT:
            return {
                **_common(),
                "findings": STORY,
                "outcome": "部分属实",
                "handling": "已责令市不动产登记中心于2026年11月20日前统一公布办理时限和收费标准。",
            }
        case Kind.DECISION:
            return _document(
                unit="市不动产登记中心",
                facts=STORY,
                situations=[
                    ("不能按规定的程序、范围和时间要求公开的", "《责任追究办法》第六条第一项"),
                    ("公开的内容不真实的；", "《责任追究办法》第六条第四项"),
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
            )
        case Kind.RECTIFICATION:
            return _document(
                unit="市不动产登记中心",
                problems=["公开栏与网站公布的办理时限不一致", "收费标准未公开。"],
                requirements=["统一公布办理时限", "公开收费标准和依据", "建立公开内容核对制度"],
                rectify_by=dt.date(2026, 12, 10),
                report_to=OFFICE,
            )
        case Kind.ASSESSMENT:
            return _document(
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
            )
        case Kind.RECEIPT:
            return _document(
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
            )


def long_fields(kind: Kind) -> dict[str, object]:
    """Return values that fill several pages, in paragraphs with headings of their own."""
    text = "\n".join(f"（{'一二三四'[k]}）关于第{k + 1}个问题。{STORY * 2}" for k in range(4))
    items = [f"{STORY}（第{k + 1}项）" for k in range(4)]
    fields = short_fields(kind)
    longer: dict[Kind, dict[str, object]] = {
        Kind.TRANSFER: {"summary": text, "demands": STORY * 2},
        Kind.REFUSAL: {"reason": STORY * 6},
        Kind.INTERIM: {"progress": text, "next": STORY},
        Kind.RESULT: {"findings": text, "handling": text},
        Kind.DECISION: {"facts": text, "responsibilities": items, "sanctions": items},
        Kind.RECTIFICATION: {"problems": items, "requirements": items},
        Kind.ASSESSMENT: {"problems": items},
        Kind.RECEIPT: {"remark": text, "place": STORY},
    }
    return {**fields, **longer[kind]}
