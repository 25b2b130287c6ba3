"""The text of the agreement in both languages. It is kept by digest: never edit a version, add another one.

It stands here and not in the catalogue, because a corrected translation would be another contract. An illustrative
text: an institution replaces it by its own before it signs real merchants.
"""

# ruff: noqa: E501  # a Chinese character counts as two columns
from __future__ import annotations

from dataclasses import dataclass

VERSION = "2026-11"
# What an acquiring agreement has to settle (docs/duties.md); a test finds each of them in the PDF.
REQUIRED = (
    "parties", "card_types", "transaction_types", "fees", "cycle", "account", "deposit", "fixed_charges", "terminal",
    "no_moving", "forbidden", "data", "training", "risk", "errors", "changes", "breach", "exit", "complaints",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; bodies have {places} that `snapshot` fills."""

    id: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str


TITLE = {"zh": "特约商户收单服务协议", "en": "Merchant acquiring agreement"}
ANNEX = {"zh": "附件一 费率表", "en": "Annex 1: schedule of fees"}
CLAUSES = (
    Clause(
        "parties", "双方", "The parties",
        "甲方（商户）：{merchant}，统一社会信用代码或证件：{code}。乙方（收单机构）：{institution}。经营地点：{store}，{place}。经营类目：{trade}。",
        "Merchant: {merchant}, credit code or identity document: {code}. Acquirer: {institution}. "
        "Shop: {store}, {place}. Trade: {trade}.",
    ),
    Clause(
        "card_types", "受理的卡和码", "Cards and codes accepted",
        "甲方受理银联借记卡、银联信用卡，以及银行和支付机构的条码（扫码）支付。附件一列有境外卡价格的，也受理境外卡。",
        "The merchant accepts UnionPay debit cards, UnionPay credit cards and QR payments of banks and payment "
        "institutions; foreign cards as well where Annex 1 has a price for them.",
    ),
    Clause(
        "transaction_types", "交易种类", "Kinds of transactions",
        "开通消费、消费撤销、退货和余额查询。预授权等其他交易须另行书面约定。",
        "Sale, void, refund and balance enquiry. Pre-authorisation and other kinds need a separate written agreement.",
    ),
    Clause(
        "fees", "手续费", "Fees",
        "手续费按附件一逐笔计算，四舍五入到分，再比较最低收费和封顶，最后加每笔固定费。{refund}。没有列在附件一的费用一律不收。",
        "Fees are reckoned for each payment by Annex 1, rounded half up to the fen, then raised to the minimum, lowered "
        "to the cap, and the fixed part is added. {refund}. Nothing is charged that Annex 1 does not list.",
    ),
    Clause(
        "cycle", "结算周期", "When the money is settled",
        "结算周期：{cycle}。乙方按时把扣除手续费后的款项付到结算账户；除风险核查外，不晚于有效支付指令后三十个自然日。",
        "Settlement: {cycle}. The acquirer pays the takings less fees in time; save for risk checks, never later than "
        "thirty calendar days after the payment.",
    ),
    Clause(
        "account", "结算账户及其变更", "The settlement account and its change",
        "结算账户：{holder}，{bank}，{account}。账户必须是甲方同名账户。变更账户要先重新核实身份，自核实通过的次一工作日起生效。",
        "Settlement account: {holder}, {bank}, {account}. It must be in the merchant’s own name. A change needs a new check "
        "of identity and takes effect on the working day after it.",
    ),
    Clause(
        "deposit", "押金", "Deposit",
        "押金：{deposit}",
        "Deposit: {deposit}",
    ),
    Clause(
        "fixed_charges", "月费和流量费", "Fixed charges and data fee",
        "月费、租金和流量费：{monthly}。金额、起算时间和周期以本条为准，到期不会自动涨价。",
        "Monthly fee, rent and data fee: {monthly}. Amount, start and period are as stated here; nothing rises by itself.",
    ),
    Clause(
        "terminal", "终端的归属", "Whose the terminal is",
        "终端 {terminals} 台。归属：{device}。终端序列号与商户编号、结算账户、经营地点绑定。",
        "Terminals: {terminals}. Ownership: {device}. Each serial number is bound to the merchant number, the settlement "
        "account and the shop.",
    ),
    Clause(
        "no_moving", "不得移机、出借", "No moving, lending or selling",
        "未经乙方同意，甲方不得把终端搬离登记的经营地点，不得出租、出借、转让、改装终端，也不得出租、出借、出售商户编号和收款码。",
        "Without the acquirer’s consent the merchant does not take a terminal away from the registered shop, and never "
        "rents out, lends, sells or alters it, nor the merchant number or the QR code.",
    ),
    Clause(
        "forbidden", "禁止行为", "What is forbidden",
        "禁止信用卡套现、虚构交易、为他人收款、洗钱和受理赌博等违法交易；不得因顾客刷卡加收手续费，不得对不同的卡区别对待。",
        "Cash-out, invented sales, taking money for others, money laundering and unlawful trades such as gambling are "
        "forbidden. The merchant adds no surcharge for cards and treats all cards alike.",
    ),
    Clause(
        "data", "信息保护", "Data protection",
        "甲方不得留存卡片磁道、验证码和密码，不得泄露持卡人信息。乙方只为本协议和法律规定使用甲方资料，另有单独同意的除外。",
        "The merchant keeps no track data, verification codes or PINs and gives away nothing about cardholders. The acquirer "
        "uses the merchant’s data for this agreement and what the law demands, unless agreed separately.",
    ),
    Clause(
        "training", "培训和检查", "Training and checks",
        "甲方应在启用前完成培训，此后每年至少一次；配合乙方每年至少一次的现场检查，如实提供交易凭证。凭证保存至少一年。",
        "The merchant completes the training before go-live and at least once a year, admits at least one inspection a "
        "year, and shows sales slips truthfully. Slips are kept for at least a year.",
    ),
    Clause(
        "risk", "风险措施", "Risk measures",
        "交易与经营情况明显不符，或发现套现、欺诈、移机等情形时，乙方可以限制额度、延迟结算、要求保证金、暂停服务直至收回终端，"
        "并说明原因和申诉办法；法律要求保密的除外。",
        "Where takings plainly do not fit the business, or cash-out, fraud or moving is found, the acquirer may limit amounts, "
        "delay settlement, ask for a reserve, suspend the service and take the terminal back. It says why and how to "
        "object, unless the law demands silence.",
    ),
    Clause(
        "errors", "差错和争议", "Errors and disputes",
        "一方发现差错应在三个工作日内告知对方。持卡人提出调单或拒付的，甲方在七个自然日内提供凭证；逾期的损失由甲方承担。",
        "Whoever finds an error tells the other within three working days. On a retrieval or charge-back the merchant gives "
        "the slip within seven calendar days, or else bears the loss.",
    ),
    Clause(
        "changes", "价格和条款的变更", "Changes of prices and terms",
        "{promotion}。任何一项上调要提前 {days} 天书面告知，甲方明示同意才生效，不溯及既往；甲方不同意的，可以无偿退出。",
        "{promotion}. Any rise is announced in writing {days} days ahead, takes effect only with the merchant’s express "
        "consent, never for the past; who does not agree may leave without charge.",
    ),
    Clause(
        "breach", "违约责任", "Breach",
        "一方违约的，赔偿对方因此受到的直接损失。甲方出租出借终端、套现或提供虚假资料的，乙方可以立即解除协议并依法上报。",
        "Whoever breaks the agreement makes good the direct loss. If the merchant lends a terminal, cashes out or gives "
        "false papers, the acquirer may end the agreement at once and reports it as the law demands.",
    ),
    Clause(
        "exit", "期限和退出", "Term and exit",
        "协议自签署之日起生效，期限一年，到期没有异议顺延一年。退出：{exit}",
        "In force from the day of signature for one year, prolonged by a year unless one side objects. Exit: {exit}",
    ),
    Clause(
        "complaints", "咨询和投诉", "Questions and complaints",
        "投诉渠道：{complaint}。也可以拨打开通客服 {phone}，或向所在地监管部门投诉。对反洗钱措施有异议的，十五日内答复。",
        "Complaints: {complaint}. Kaitong answers as well at {phone}, and so does the local regulator. Objections to "
        "anti-money-laundering measures are answered within fifteen days.",
    ),
)  # fmt: skip


def tongue(language: str) -> str:
    """ "zh" or "en"."""
    return "en" if language.startswith("en") else "zh"


def heading(clause: Clause, language: str) -> str:
    return clause.title_en if tongue(language) == "en" else clause.title_zh


def body(clause: Clause, language: str) -> str:
    return clause.body_en if tongue(language) == "en" else clause.body_zh
