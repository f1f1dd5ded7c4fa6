"""The words of the language, by class. What the form prints comes from the form; here are only the ways people say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum, auto
from functools import cache
from typing import NamedTuple

from xlreport.form.catalogue import form_of
from xlreport.form.declaration import Form, Node


class Kind(IntEnum):
    """Word classes of the grammar."""

    QUANTITY = auto()  # a number with its unit
    PERCENT = auto()
    YEAR = auto()  # 2024年
    THIS_YEAR = auto()
    LAST_YEAR = auto()
    NEXT_YEAR = auto()
    PERIOD = auto()  # a part of the year, or several years
    DEADLINE = auto()  # 截至…
    FUTURE = auto()
    ACT = auto()  # what happens to an application: received, answered …; the value is the kind of claim
    TRANSFER = auto()  # 结转, without its direction
    OBJECT = auto()  # an application
    ROW = auto()  # a result or ground of table 3; the value is the key of the row or group
    APPLICANT = auto()  # the value is the column
    ANYONE = auto()
    CASE = auto()  # the value is review, litigation …
    OUTCOME = auto()  # the value is the column of table 4, “” for one that it does not have
    DOCUMENT = auto()  # the value is the row of table 2
    DOCUMENT_ACT = auto()  # the value is the column of table 2
    DECISION = auto()
    DECIDE = auto()
    FEE = auto()
    ABOUT = auto()  # 因政府信息公开…: says that disclosure is the matter
    EVENT = auto()  # 发生, 引发
    OTHER = auto()  # 其他, whose meaning its neighbours tell
    NOT = auto()
    ALL = auto()
    MODIFIED = auto()  # 按期: makes 均已办结 a weaker statement
    COMPARED = auto()  # 较, 比, 同比
    CHANGE = auto()  # 增加, 减少: the figure is a difference
    REACH = auto()  # 达到, 增至: the figure is a level
    PART = auto()  # 其中
    TOTAL = auto()
    IN_TURN = auto()  # 分别
    EACH = auto()
    SHARE = auto()  # 占
    CHANNEL = auto()  # by which way an application came: in no table
    TOPIC = auto()  # 涉及…, …类: an unnamed part
    FOREIGN = auto()  # things that are counted elsewhere
    OWN = auto()  # 本机关, 我局
    WIDER = auto()  # 全市
    NARROWER = auto()  # 市本级
    UNITS = auto()  # subordinate or other bodies
    AND = auto()
    FILLER = auto()
    STOP = auto()  # ，；：
    LIST = auto()  # 、
    OPEN = auto()
    CLOSE = auto()
    UNKNOWN = auto()


class Word(NamedTuple):
    """A word of the lexicon; ``sure`` is false where its meaning is only usual."""

    kind: Kind
    value: str = ""
    sure: bool = True


#: Classes whose words carry no value: the words are separated by blanks.
_PLAIN = {
    Kind.THIS_YEAR: "本年 本年度 今年 当年 当年度 全年 年内 年度 今年以来 本年以来 全年度 一年来",
    Kind.LAST_YEAR: "加上年 加上上年 加上去年 加上年度 上年 上年度 上一年 上一年度 去年 前一年 上年同期 去年同期 同期 去年度",
    Kind.NEXT_YEAR: "下年 下年度 下一年 下一年度 次年 次年度 明年 翌年 来年 明年度 以后年度",
    Kind.PERIOD: "历年 近三年 三年来 近年来 近两年 近五年 五年来 上半年 下半年 季度 一季度 二季度 三季度 四季度 第一季度 期间 人均 户均 每人 每个 单日 年均 月均 "
    "平均 日均 每年 每月 十四五 十三五 本月 当月 任期内 成立以来 实施以来 施行以来 颁布以来 以往年度 往年 自开通 年以来",
    Kind.DEADLINE: "截至 截止 截止到 截止至 截至到 截至目前 截至年底 目前 年底 年末",
    Kind.FUTURE: "预计 力争 计划 目标 拟 将 预期 争取 有望 确保 下一步",
    Kind.ANYONE: "公民、法人和其他组织 公民、法人或其他组织 公民、法人或者其他组织 公民、法人及其他组织 公民和法人 公民法人和其他组织 "
    "公民、法人和其它组织 公民、法人或其它组织 社会公众 公众 群众 市民 申请人 公民及法人",
    Kind.OBJECT: "申请 依申请公开 依申请 公开申请 信息公开申请 政府信息公开申请 政务公开申请 政府信息依申请公开 信息依申请公开 依申请公开申请 "
    "申请公开 申请件 申请事项 申请书 申请表 申请单 申请量 申请数 申请数量 申请总量 申请总数 申请件数 依申请公开件 依申请件 依申请公开事项 "
    "依申请公开工作 依申请公开办件 依申请公开请求 依申请公开信息 依申请公开政府信息 政府信息公开请求 申请公开政府信息 政府信息申请 信息申请 "
    "办件 政府信息公开办件 公开政府信息申请 依申请公开数量 依申请公开件数 依申请公开案件 申请案件 政府信息公开件 申请获取政府信息 "
    "政府信息公开事项 公开政府信息的申请",
    Kind.FEE: "行政事业性收费 收取行政事业性收费",
    Kind.ABOUT: "政府信息公开 信息公开 政务公开 政府信息公开工作 信息公开工作 政务公开工作 政府信息公开类 信息公开类 政府信息公开领域 "
    "涉及政府信息公开 涉政府信息公开 涉及信息公开 涉信息公开 与政府信息公开有关 与信息公开有关 政府信息公开相关 信息公开相关 涉政府信息公开类 "
    "政府信息公开答复 信息公开答复 政府信息公开申请答复 政府信息公开行为 政府信息",
    Kind.EVENT: "发生 引发 产生 导致 引起 提起 被提起 被申请 出现 涉及 存在 新增发生 因此 涉 遭遇 面临 应对 被",
    Kind.NOT: "不存在 无 未 没有 并无 暂无 尚无 未有 并未 零 均无 均未 从未 尚未 没 皆无 均没有 也无 也未 亦无",
    Kind.ALL: "均 都 全部 均已 都已 已全部 悉数 全部已 已均 皆 均予以 全数 全都 均能",
    Kind.MODIFIED: "按期 按时 依法 依规 依法依规 如期 及时 法定 期限 时限 法定期限内 法定时限内 法定期限 法定时限 规定时限内 规定期限内 规定时间内 "
    "按规定 按要求 按照规定 规定 时间 按程序 按照法定程序",
    Kind.COMPARED: "较 比 同比 环比 相比 与 较之 相较 相较于 对比",
    Kind.CHANGE: "增加 减少 增长 下降 上升 增多 降低 多 少 增幅 降幅 净增 提高 上涨 回落 增加了 减少了 下降了 增长了 持平 上浮 压减",
    Kind.REACH: "达 达到 增至 降至 升至 上升为 增长为 下降为 减少为 增加为 提高到 增加到 减少到 上升到 下降到 增长到 上升至 下降至 增长至 增加至 减少至 高达 为",
    Kind.PART: "其中 包括 包含 含 内含 包括有 涵盖",
    Kind.TOTAL: "共 共计 合计 总计 累计 总共 总数 总量 总数为 共有 一共 计 累计共 总体 总",
    Kind.IN_TURN: "分别 分别为 依次 依次为 分别是 分别有 分别达 分别达到",
    Kind.EACH: "各 均为 各为 各有 都为 都是 均是 皆为",
    Kind.SHARE: "占 占比 占比为 占比达 占到 比例 比例为 比重 比重为 约占 占总数 占总量 率",
    Kind.CHANNEL: "网络 互联网 在线 线上 线下 网上 网站 网页 平台 邮寄 信函 邮政 当面 现场 窗口 传真 电子邮件 邮箱 书面 信件 挂号信 "
    "网络平台 在线平台 网上平台 在线申请 网络申请 网上申请 当面申请 信函申请 邮寄申请 现场申请 书面申请 线上申请 线下申请 平台申请 邮件 快递 EMS "
    "口头 电话 转办 协办 移送 门户网站 政府网站 网络渠道 线上渠道 线下渠道 系统 小程序 APP 互联网申请 窗口申请 传真申请 邮件申请",
    Kind.TOPIC: "信息不存在 政府信息不存在 相关信息不存在 所申请信息不存在 有效申请 无效申请 延长 延期 延期答复 补正 补正告知 告知补正 征求 提前 当场 当日 超期 逾期 即时 一次性 疑难 涉及征地 征地 拆迁 类申请 类信息 领域 关于 方面内容 类别 类型 热点 涉农 补偿 内容涉及 主题 咨询类",
    Kind.FOREIGN: "建议 提案 议案 热线 12345 留言 来信 来访 信访 信访件 咨询 投诉 举报 舆情 稿件 文章 微信 公众号 微博 视频 会议 培训 公文 公告 "
    "主动公开 公开信息 公开政府信息 发布信息 动态 解读 政策解读 新闻 访问量 浏览量 点击量 报道 信息条 宣传 手册 专栏 栏目 发布会 访谈 意见 "
    "问题 案例 工单 政务信息 各类信息 条信息 目录 指南 制度 方案 通知 办法 清单 人员 回应 调研 检查 督查 巡查 督办 答复函 复文 合同 项目 "
    "资金 预算 决算 公示 更新 图解 建议提案 政协提案 代表建议 人大代表建议 委员提案 政民互动 互动 政务服务 事项清单 答复书 告知书 指导 协助 协调 督促 参与 配合 抽查 评查 审核 审查 抽检 减免 取消 停征 信息处理费 收费 收取 收费通知 缴纳 许可申请 行政许可申请 "
    "补助 保障金 救助 住房 低保 工作人员 档案 公报 政府公报 新媒体 政务新媒体 服务事项 证照 国家赔偿 行政调解 仲裁 民事 听证 征求意见 意见征集 "
    "公开栏 主动公开政府信息 公布 公开发布 发布 转载 推送 工作日 个工作日 纠纷 矛盾 异议 证明",
    Kind.OWN: "本机关 本单位 本部门 本级机关 我单位 我机关 本行政机关 我部门 全镇 全乡 全街道 全局 全委 全办 全院 全厅 我们",
    Kind.WIDER: "全市 全区 全县 全省 全州 全旗 全盟 全自治区 全国 全系统 各级 各级行政机关 全市各级 全区各级 全县各级 全省各级 全市政府系统 "
    "全市行政机关 本市 本区 本县 本省 全域 我市 我区 我县 我省",
    Kind.NARROWER: "市本级 区本级 县本级 省本级 州本级 旗本级 市政府本级 区政府本级 县政府本级 省政府本级 本级 政府本级 机关本级 局机关 委机关 "
    "市政府名义 区政府名义 县政府名义 省政府名义 政府名义 机关名义 直接办理 直接受理 备案 仅备案 备案案件 报备",
    Kind.UNITS: "各部门 各单位 各镇 各乡镇 各街道 镇街 各镇街 乡镇 街道 各科室 科室 各地 各县区 各区县 各县 各区 县区 区县 各委办局 委办局 区直部门 "
    "市直部门 县直部门 直属单位 下属单位 所属单位 派出机构 各处室 处室 各村 社区 村居 各社区 市级机关 市级部门 区级部门 县级部门 省级部门 "
    "各职能部门 职能部门 部门 各县（市、区） 县（市、区） 各乡镇（街道） 各镇（街道） 各镇人民政府 各街道办事处 事业单位 二级单位 "
    "各成员单位 成员单位 垂管单位 各分局 分局 企事业单位 公共企事业单位",
    Kind.AND: "和 及 以及 或 或者 并 且 暨 同时 加 连同",
    Kind.FILLER: "的 了 过 完毕 形式 形式的 保护 已 已经 在 由 于 对 向 到 中 内 后 时 等 把 将其 按 经 从 以 也 还 又 再 就 而 其 所 该 这 此 各类 各种 各项 案件 案 件数 数 "
    "数量 情况 类 方面 工作 提出 提交 递交 提请 新的 相关 有关 任何 继续 现 另 另有 清理 尚 尚有 仍 仍有 余 其余 实际 依法作出 作 作为 予以 依据 按照 "
    "根据 约 大约 近 将近 接近 超过 超 逾 不足 不到 至少 突破 多达 不少于 不低于 件 量 机关 原因 理由 告知 通过 进行 是 有 计有 剩余 情形 情形的 方式 处理方式 结果 办理结果 答复结果 处理结果 办理情况 "
    "无法 无误 无关 无障碍 无偿 无遗漏 一起 一件 一例 一宗 名义 针对 对于 属于 因 因为 由于 因对 不服 原 新 至 起 止 自 达成 书 决定书 事项 信息 公开工作 "
    "目前已 总体情况 一是 二是 三是 四是 五是 六是 七是 首先 此外 另外 全部是 收悉 行政 “ ” ‘ ’ · — - 《 》 / * 〔 〕 [ ] 主要 申请人情况 "
    "金额 总额 收入 资金总额 具体 具体为 具体情况 如下 严格 认真 规范 积极 持续 稳步 稳妥 圆满 顺利 准确 合法 高质量 全面 统筹 扎实 妥善 高效 有序 不断 有力 切实",
}
#: Words that carry a value, as value → words; a word after “?” has that meaning only usually.
_ACTS = {
    "new": "新收 新收到 新受理 新增 新接收 新增受理 新登记 新接到 新收件 新申请",
    "received": "收到 接收 受理 接到 登记 共收 共收到 接受 收到并受理 接收并受理 登记受理 收件 受理登记",
    "answered": "办结 答复 办毕 办理完毕 办理完成 完成办理 完成答复 作出答复 答复办结 办复 办理办结 回复 答复完毕 处理完毕 完结 办理答复 "
    "处理完成 办结答复 予以答复 给予答复 依法答复",
    "handled": "办理 处理",
    "to_handle": "需办理 需要办理 应办理 应办 需处理 应处理 实际处理 须办理 需答复 实际办理",
    "carried_out": "正在办理 尚在办理 尚未办结 未办结 办理中 在办 待办 正在处理 尚未答复 未到期 仍在办理 待答复 尚未办理完毕 跨年度办理 跨年办理 "
    "跨年度件 跨年件 在办件 未办结件 尚未到期",
}
_TRANSFERS = "结转 转结 顺延 转入 转至 转到 延至 延期至 跨年度 跨年 滚存 遗留 延续至 转 转来 移转 结余 流转至 接转 转接 延续 顺延至 结转至 结转到 转结至"
_ROWS = {
    "granted": "予以公开 同意公开 准予公开 全部公开 全部予以公开 完全公开 决定公开 可以公开 ?公开",
    "partly_granted": "部分公开 部分予以公开 予以部分公开 区分处理 同意部分公开 区分处理后部分公开 区分处理部分公开 决定部分公开",
    "refused": "不予公开 不公开 不同意公开 决定不予公开 不予以公开 不予公开类",
    "unavailable": "无法提供 不能提供 无法予以提供 无法公开",
    "not_processed": "不予处理 不予以处理 不予处理类",
    "other": "其他处理 其他方式处理 作其他处理 其他处理方式 作其他方式处理 其它处理 其他办理 ?不再处理",
    "state_secret": "国家秘密 涉及国家秘密 ?涉密",
    "prohibited_by_law": "法律行政法规禁止公开 法律、行政法规禁止公开 法律法规禁止公开 其他法律法规禁止公开 ?禁止公开",
    "security_and_stability": "三安全一稳定 危及三安全一稳定",
    "third_party_rights": "第三方合法权益 第三方权益 损害第三方合法权益 涉及第三方合法权益 侵害第三方合法权益",
    "internal_affairs": "三类内部事务信息 内部事务信息 三类内部事务 内部事务 内部管理信息 内部事务性信息",
    "deliberative_process": "四类过程性信息 过程性信息 四类过程性 过程性",
    "enforcement_files": "行政执法案卷 执法案卷 行政执法案卷信息",
    "administrative_inquiry": "行政查询事项 行政查询 查询事项",
    "not_held": "不掌握 未掌握 本机关不掌握 不掌握相关政府信息 不掌握相关信息 本机关不掌握相关信息 不掌握信息 本单位不掌握",
    "needs_creation": "没有现成信息 需另行制作 需要另行制作 另行制作 无现成信息 无现成信息需要另行制作 没有现成信息需另行制作 没有现成信息、需要另行制作",
    "still_unclear": "补正后仍不明确 补正后内容仍不明确 补正后申请内容不明确 仍不明确 ?内容不明确",
    "petition": "信访举报投诉 信访投诉举报 信访类 信访举报投诉类 信访、举报、投诉类 信访、投诉、举报类 信访投诉举报类 信访、举报、投诉 信访、投诉、举报 "
    "进行信访投诉举报 进行信访、投诉、举报 投诉举报类 信访投诉类",
    "repeated": "重复申请 重复提交申请 重复提出申请",
    "public_publication": "公开出版物 要求提供公开出版物",
    "excessive": "大量反复申请 反复大量申请 无正当理由大量申请 大量、反复申请",
    "reissue": "重新出具 确认或重新出具 确认或者重新出具 确认或重新出具已获取信息 重新出具已获取信息",
    "not_corrected_in_time": "逾期不补正 逾期未补正 未按期补正 无正当理由逾期不补正 逾期不予补正 申请人逾期不补正 申请人逾期未补正",
    "fee_unpaid": "逾期未缴费 逾期未缴纳费用 未缴费 逾期不缴费 逾期未按收费通知要求缴费 逾期未按要求缴费 未按收费通知要求缴纳费用 申请人逾期未缴费 "
    "逾期未缴纳信息处理费 未按要求缴纳费用 逾期未缴纳 未缴纳费用",
}
_APPLICANTS = {
    "natural_person": "?公民 个人 ?公民个人",
    "commercial": "企业 ?公司",
    "research": "科研院所 科研单位",
    "social_welfare": "公益组织 社会公益机构",
    "legal_service": "律师事务所 法律服务组织",
    "organisations": "法人 法人和其他组织 法人或者其他组织 法人及其他组织 法人、其他组织 法人或其它组织 法人和其它组织 法人组织 组织",
}
_CASES = {
    "review": "被复议 复议机关 复议 行政复议案件 行政复议申请 行政复议案 复议案件 行政复议件 被申请行政复议 申请行政复议 提起行政复议 被提起行政复议 行政复决",
    "litigation": "被诉 人民法院 法院 被起诉 行政诉讼 诉讼 行政诉讼案件 诉讼案件 行政诉讼案 行政应诉 应诉 行政应诉案件 应诉案件 提起行政诉讼 被提起行政诉讼 被提起诉讼",
    "litigation_direct": "直接起诉 未经复议 未经复议直接提起诉讼 直接提起诉讼 直接诉讼 未经行政复议直接起诉 直接提起行政诉讼 未经复议直接提起行政诉讼 "
    "未经复议直接诉讼",
    "litigation_after_review": "经行政复议后提起诉讼 行政复议后提起诉讼 经行政复议后提起行政诉讼 经复议后诉讼 经复议后再起诉 复议后提起诉讼 复议后诉讼 经复议后起诉 复议后再诉讼 复议后再起诉 经复议后提起诉讼 复议后提起行政诉讼 行政复议后起诉 "
    "经行政复议后起诉 复议后又起诉",
    "cases": "复议诉讼 行政复议诉讼 行政复议和诉讼 行政争议",
}
_OUTCOMES = {
    "upheld": "维持 决定维持 判决维持 予以维持 结果为维持 维持原答复 维持原行政行为",
    "corrected": "纠正 纠错 被纠错 被纠正 予以纠正 结果被纠正 判决纠正",
    "other": "其它结果 结果为其他",
    "pending": "未审结 未结 审理中 正在审理 正在审理中 尚在审理 尚未结案 尚未作出决定 仍在审理 待审结 未审结案件 尚在审理中 尚未审理完毕",
    "settled": "审结 已审结 办结审结",
    "": "驳回 撤回 撤诉 终止 败诉 胜诉 撤销 确认违法 责令 调解 不予受理 驳回诉讼请求 驳回起诉 驳回复议申请 责令履行 变更 二审 一审 再审 上诉 调解结案 "
    "和解 终止审理 终止审查 出庭 负责人出庭 不再受理 转送 检察监督",
}
_DOCUMENTS = {
    "normative_documents": "规范性文件 行政规范性文件 政府规范性文件",
    "rules": "政府规章 部门规章 市政府规章",
}
_DOCUMENT_ACTS = {
    "issued": "制发 制定 新制定 新制发 制定出台 ?出台 ?印发 ?制定印发",
    "repealed": "废止 ?宣布失效 ?失效",
    "in_force": "现行有效 继续有效 现行有效的 ?有效 ?现有",
}
_DECISIONS = {
    "penalties": "处罚决定 行政处罚决定",
    "licensing": "许可决定 行政许可决定",
    "coercion": "强制决定 行政强制决定 行政强制措施",
}
_DECIDE = "作出 做出 决定 处理决定 作出决定 实施 ?办理 ?受理 ?查处 ?办结 ?完成"


def _sayings(words: str) -> Iterator[tuple[str, bool]]:
    for word in words.split():
        yield word.removeprefix("?"), not word.startswith("?")


class Lexicon(NamedTuple):
    """All words by their first character, longer ones first."""

    by_first: dict[str, tuple[tuple[str, Word], ...]]


@cache
def lexicon(form_id: str) -> Lexicon:
    """Return the words for the reports of one form: what it prints, and how people say it."""
    words: dict[str, Word] = {}
    for kind, plain in _PLAIN.items():
        words.update((word, Word(kind)) for word, _ in _sayings(plain))
    words["其他"] = words["其它"] = Word(Kind.OTHER)
    for kind, table in (
        (Kind.DECIDE, {"": _DECIDE}),
        (Kind.DOCUMENT_ACT, _DOCUMENT_ACTS),
        (Kind.OUTCOME, _OUTCOMES),
        (Kind.CASE, _CASES),
        (Kind.APPLICANT, _APPLICANTS),
        (Kind.TRANSFER, {"": _TRANSFERS}),
        (Kind.ACT, _ACTS),
    ):
        for value, said in table.items():
            words.update((word, Word(kind, value, sure)) for word, sure in _sayings(said))
    words.update(_of_the_form(form_of(form_id)))
    by_first: dict[str, list[tuple[str, Word]]] = {}
    for text in sorted(words, key=len, reverse=True):
        by_first.setdefault(text[0], []).append((text, words[text]))
    return Lexicon({first: tuple(entries) for first, entries in by_first.items()})


def _of_the_form(form: Form) -> Iterator[tuple[str, Word]]:
    """Yield the words that the form prints, in its own and in spoken form."""
    for table in form.tables:
        for node in _all(table.tree):
            name = node.key.rpartition(".")[2]
            if table.key == "applications" and node.key.startswith(RESULTS):
                word = Word(Kind.ROW, node.key)
                said = {} if name == "total" else dict(_sayings(_ROWS.get(name, "")))
                if name == "other" and not node.is_row:
                    said = dict(_sayings(_ROWS["other"]))
                elif name == "other" and node.key != RESULTS + name:
                    said = {}
                yield from ((text, word._replace(sure=sure)) for text, sure in said.items())
                if node.key.endswith(".total") or (name == "other" and node.key != RESULTS + name):
                    continue
                yield from ((text, word) for text in _shortened(node.label))
            elif table.key == "cases" and node.is_row:
                yield node.label, Word(Kind.CASE, name)
            elif table.key == "disclosure" and node.is_row:
                kind = (
                    Kind.DECISION
                    if any(leaf.key.endswith(".decisions") for leaf in node.leaves())
                    else Kind.DOCUMENT
                )
                if not any(leaf.key.endswith(".amount") for leaf in node.leaves()):
                    yield node.label, Word(kind, name)
                    yield from (
                        (text, Word(kind, name, sure))
                        for text, sure in _sayings(_DOCUMENTS.get(name) or _DECISIONS.get(name, ""))
                    )
    applicants = form.table("applications").tree[0]
    for node in applicants.children:
        name = node.key.rpartition(".")[2] or "organisations"
        if name != "total":
            yield node.label, Word(Kind.APPLICANT, name)
        yield from (
            (leaf.label, Word(Kind.APPLICANT, leaf.key.rpartition(".")[2]))
            for leaf in node.children
            if len(leaf.label) > 2
        )
    outcomes = next(node for node in _all(form.table("cases").tree) if node.is_row).children
    yield from (
        (node.label, Word(Kind.OUTCOME, node.key.rpartition(".")[2]))
        for node in outcomes
        if node.label != "总计"
    )


#: What the keys of the results of table 3 begin with.
RESULTS = "applications.results."


def _all(level: tuple[Node, ...]) -> Iterator[Node]:
    for node in level:
        if node.key:
            yield node
        if not node.is_row:
            yield from _all(node.children)


def _shortened(label: str) -> Iterator[str]:
    """Yield a printed label without its number and remark, and the shorter forms in which it is quoted."""
    core = (
        re.sub(r"^(\d+\.|（.）)", "", label)
        .partition("（")[0]
        .replace("“", "")
        .replace("”", "")
        .partition("、")[0]
    )
    for text in {core, core.removesuffix("申请"), core.removeprefix("属于")}:
        if len(text) > 3:
            yield text
