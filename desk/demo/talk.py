"""Tickets of the demonstration, in every state, with what both sides wrote."""

from __future__ import annotations

import dataclasses

from desk.demo.clock import HOUR, Clock
from desk.demo.people import OWNER
from desk.demo.walk import Staff
from onboarding.models import Case, Entry, User
from onboarding.rules import Who
from support import services as support
from support.models import Ticket

P = Ticket.Priority
US, THEM, NOTE, TAKE, DONE, AWAY = "us", "them", "note", "take", "resolve", "close"


@dataclasses.dataclass(frozen=True)
class Talk:
    """Opened `hours` ago by the merchant with this e-mail; then `steps`, each with its words."""

    email: str
    hours: float
    priority: P
    subject: str
    text: str
    steps: tuple[tuple[str, str], ...] = ()


TALKS = (
    Talk(OWNER, 300, P.P3, "周末的款什么时候到账", "周六收的款，账户里还没看到，是周一到吗？",
         ((TAKE, ""), (US, "您好，您选的是 T1 到账，周六、周日的交易在下一个工作日一起到账，一般是周一上午十点前。"),
          (THEM, "收到了，谢谢！"), (DONE, ""), (AWAY, ""))),
    Talk(OWNER, 26, P.P2, "小票打印不清楚", "从昨天起小票右边一条是白的，换了一卷纸也一样。",
         ((TAKE, ""), (US, "请关机后用干棉签轻擦打印头，再打一张测试小票；还是不清楚，我们今天安排同事上门。"),)),
    Talk(OWNER, 2, P.P4, "想要一张收款码立牌", "柜台上想放一个带店名的收款码立牌，可以做吗？"),
    Talk("merchant26@example.com", 70, P.P2, "一笔 380 元没有到账",
         "前天下午有一笔 380 元，顾客说扣了款，我们这边没有记录。",
         ((TAKE, ""), (NOTE, "已查渠道流水，银行侧已冲正，等对账文件。"),
          (US, "我们查到这笔交易已被银行冲正，款会退回顾客的卡里，一般一到三个工作日。"),
          (THEM, "顾客说已经收到退款了。"), (DONE, ""))),
    Talk("merchant26@example.com", 9, P.P3, "二店的机器能和一店一起看账吗", "两家店的流水能不能在一个地方看？",
         ((TAKE, ""), (NOTE, "二店还在安装，装好后在同一个账号下可以看到两家店。"))),
    Talk("merchant15@example.com", 20, P.P3, "培训题目看不懂", "第三题“撤销”和“退款”有什么区别？",
         ((TAKE, ""), (US, "当天、结算前的叫撤销，钱不经过结算；隔天的叫退款，会走一遍退款流程。课程第 2 节有图。"))),
    Talk("merchant14@example.com", 5, P.P3, "明天上门可以改到下午吗", "上午要送孩子，师傅能不能下午来？"),
    Talk("merchant17@example.com", 24, P.OBJECTION, "对暂停收款有异议", "那几笔是团购提货，有发货单，请尽快恢复。",
         ((TAKE, ""), (US, "收到。请把发货单和聊天记录作为附件发来，风险同事会在两个工作日内复核。"),
          (THEM, "发货单我找齐了，今晚补上。"))),
    Talk("merchant13@example.com", 30, P.P2, "快递显示已签收，我没收到", "物流写着本人签收，可是店里没有人收过。",
         ((TAKE, ""), (US, "您的机器由技术员带去，没有走快递；那条物流可能是别的包裹，请核对单号。"),
          (THEM, "看错了，不好意思。"), (DONE, ""))),
)  # fmt: skip


def tickets(crew: Staff, told: Clock) -> None:
    """Every talk that is not there yet."""
    for talk in TALKS:
        case = Case.objects.filter(merchant__memberships__user__email=talk.email).order_by("pk").first()
        if case and not Ticket.objects.filter(case=case, subject=talk.subject).exists():
            newest = Entry.objects.filter(case=case).order_by("-seq")[0]
            told.behind = min(talk.hours * HOUR, told.real() - newest.at)
            _talked(talk, case, crew[Who.SUPPORT_AGENT], told)
    told.behind = 0 * HOUR


def _talked(talk: Talk, case: Case, agent: User, told: Clock) -> None:
    merchant = User.objects.get(email=talk.email)
    ticket = support.open_ticket(case.pk, by=merchant, subject=talk.subject, text=talk.text, priority=talk.priority)
    pause = talk.hours * HOUR / (len(talk.steps) + 2)
    for what, words in talk.steps:
        told.forward(pause)
        if what in (US, THEM):
            support.answer(ticket.pk, by=agent if what == US else merchant, text=words)
        elif what == NOTE:
            support.note(ticket.pk, by=agent, text=words)
        else:
            getattr(support, what)(ticket.pk, by=agent)
