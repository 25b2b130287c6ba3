"""Who is in the demonstration and how far each has come. Names are invented; every state is there at least once."""

from __future__ import annotations

import dataclasses
import datetime

from desk.demo.people import OWNER
from desk.demo.walk import Shop
from onboarding.flow import State
from onboarding.models import Case
from onboarding.rules import Who

S, M = State, Case.Tier.MEDIUM
BEIJING = ("110105", "北京市 朝阳区")
HANGZHOU = ("330106", "浙江省 杭州市 西湖区")  # both in regions of the demonstration's agency


@dataclasses.dataclass(frozen=True)
class Part:
    """One case: where it stands, since how many days it is with us, for how many hours it stands there.

    `marks`: what a reviewer gave back, item -> reason. `notes`: what colleagues told each other. `by`: the
    colleague who opened it for the merchant. `promises`: what the application was approved on.
    """

    state: State
    shop: Shop
    days: float = 3
    rest: float = 5
    tier: str = ""
    marks: dict[str, str] = dataclasses.field(default_factory=dict)
    notes: tuple[str, ...] = ()
    by: Who | None = None
    promises: tuple[str, ...] = ()


def _day(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


NOODLES = Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满", email=OWNER)
CLOTHES = Shop(
    26, "enterprise", "虚构市布衣坊服饰有限公司", "布衣坊", "罗绮", "5651", plan="PB-CHAIN", street="样例路 66 号 2 层",
    scope="服装、鞋帽零售", trade="clothes", tenure="leased", founded=_day(2022, 9, 9),
)  # fmt: skip
CAST: tuple[Part, ...] = (
    Part(S.LIVE, NOODLES, 46, 500),
    Part(S.REGISTRATION, Shop(2, "micro", "", "阿婆凉粉摊", "龙阿婆", "5814"), 1, 20),
    Part(S.IDENTITY, Shop(3, "sole_trader", "听雨区样例五金店", "样例五金", "伍金生", "5251", scope="五金零售"), 2, 30),
    Part(
        S.IDENTITY_REVIEW,
        Shop(4, "enterprise", "虚构市听雨书屋有限公司", "听雨书屋", "舒文", "5942",
             scope="图书、文具零售", trade="books",
             street="样例路 5 号 2 层", registered={"address": "上海市浦东新区样例路 7 号 2 层"}),
        2, 6, notes=("公示地址门牌与执照照片不一致，已请商户核对，先不退回。",),
    ),
    Part(S.IDENTITY_SECOND_REVIEW,
         Shop(5, "enterprise", "虚构市样例车行有限公司", "样例车行", "车向前", "5511", scope="汽车销售", trade="cars"),
         4, 9, M, notes=("行业风险中等，材料齐全，建议通过，请复核资金来源说明。",)),
    Part(S.IDENTITY_RETURNED,
         Shop(6, "sole_trader", "听雨区鲜果铺", "样例鲜果", "果青青", "5499", scope="水果零售"), 3, 14,
         marks={"document:id_portrait": "glare", "document:business_licence": "cropped"}),
    Part(S.APPLICATION, Shop(7, "micro", "", "老高修鞋摊", "高守义", "7251"), 5, 40),
    Part(S.APPLICATION_REVIEW,
         Shop(8, "sole_trader", "听雨区茶铺", "虚构茶铺", "叶香", "5499", scope="茶叶零售", tenure="leased",
              plan="B-MICRO"), 5, 4),
    Part(S.APPLICATION_SECOND_REVIEW,
         Shop(9, "enterprise", "虚构市远行旅店有限公司", "远行旅店", "路远", "7011", scope="住宿服务", trade="hotel",
              founded=_day(2019, 6, 1)), 8, 7, M),
    Part(S.APPLICATION_RETURNED,
         Shop(10, "enterprise", "虚构市花间集有限公司", "花间集", "花满楼", "5992", plan="PA-START",
              scope="花卉零售", trade="flowers",
              district=BEIJING, tenure="leased"), 6, 18, by=Who.SALES_AGENT,
         marks={"document:shopfront": "shopfront_no_sign", "document:premises_proof": "page_missing"}),
    Part(S.SIGNING, Shop(11, "sole_trader", "听雨区早点铺", "样例早点", "早春", "5814", permit=True), 7, 16),
    Part(S.ORDERING, Shop(12, "sole_trader", "听雨区理发店", "样例理发", "易剪梅", "7230", scope="理发服务"), 9, 22),
    Part(S.DELIVERY, Shop(13, "enterprise", "虚构市山货行有限公司", "山货行", "山长水", "5499", plan="PA-D0",
                           scope="食品销售"), 10, 8),
    Part(S.INSTALLATION, Shop(14, "sole_trader", "听雨区裁缝铺", "样例裁缝", "裘布衣", "5697", scope="缝纫"), 11, 26),
    Part(S.TRAINING,
         Shop(15, "enterprise", "虚构市文具有限公司", "样例文具", "文具乐", "5943", scope="文具零售",
              trade="books"), 14, 20),
    Part(S.ACCEPTANCE,
         Shop(16, "enterprise", "虚构市百灵大药房有限公司", "百灵大药房", "方百灵", "5912", scope="药品零售",
              trade="pharmacy", tenure="leased", founded=_day(2020, 4, 15)), 16, 5, M,
         notes=("药品经营许可证有效期已核，执业药师在岗。",)),
    Part(S.SUSPENDED,
         Shop(17, "sole_trader", "听雨区烟酒店", "样例烟酒", "烟雨舟", "5993", scope="烟酒零售",
              trade="tobacco"), 60, 30,
         notes=("连续三天凌晨出现整额大额交易，已电话联系，等待回单。",)),
    Part(S.CLOSING, Shop(18, "sole_trader", "听雨区照相馆", "样例照相", "照南山", "7221", scope="摄影服务"), 75, 50),
    Part(S.REJECTED, Shop(19, "enterprise", "虚构市投资有限公司", "样例投资", "贾多金", scope="投资咨询"), 20, 300),
    Part(S.WITHDRAWN, Shop(20, "micro", "", "小宋烤红薯", "宋暖", "5814"), 12, 200),
    Part(S.CLOSED, Shop(21, "sole_trader", "听雨区干洗店", "样例干洗", "甘净", "7216", scope="洗衣服务"), 90, 400),
    Part(S.APPLICATION_SCREENING,
         Shop(22, "sole_trader", "听雨区钟表店", "样例钟表", "钟不停", "7631", scope="修理"), 4, 0),
    Part(S.IDENTITY_SCREENING,
         Shop(23, "enterprise", "虚构市快印有限公司", "样例快印", "尹书", "2741", scope="打印"), 1, 0),
    Part(S.APPLICATION_REVIEW,
         Shop(24, "institution", "虚构市听雨区社区卫生服务站", "听雨社区卫生站", "白杏林", "8011", scope="基本医疗服务",
              trade="clinic", permit=True, founded=_day(2015, 10, 8)), 6, 11,
         notes=("医疗机构执业许可证的地址与门店一致。",)),
    Part(S.IDENTITY_REVIEW,
         Shop(25, "institution", "虚构市听雨区第一小学", "听雨一小", "温故", "8211", scope="小学教育", trade="books",
              founded=_day(1998, 9, 1)), 6, 90),
    Part(S.LIVE, CLOTHES, 38, 420),
    Part(S.INSTALLATION, dataclasses.replace(CLOTHES, store=2, street="样例路 190 号"), 9, 4,
         promises=("sign_photo",)),
    Part(S.IDENTITY_RETURNED,
         Shop(27, "enterprise", "虚构市半日闲咖啡有限公司", "半日闲咖啡", "闵半日", "5814", district=BEIJING,
              street="样例东街 12 号"), 4, 20, by=Who.SALES_AGENT,
         marks={"document:business_licence": "blurred", "field:merchant.name": "name_mismatch"}),
    Part(S.IDENTITY_REVIEW,
         Shop(28, "enterprise", "虚构市热汤火锅有限公司", "热汤火锅", "汤暖", "5812", district=BEIJING,
              street="样例南街 30 号"), 1, 2, by=Who.SALES_AGENT),
    Part(S.TRAINING, Shop(29, "micro", "", "老马切糕", "马切", "5814"), 13, 30),
    Part(S.IDENTITY, Shop(30, "social_org", "虚构市听雨社区服务中心", "听雨社区中心", "邻里", "8398"), 2, 12),
    Part(S.LIVE, Shop(31, "sole_trader", "听雨区鱼丸店", "样例鱼丸", "于丸丸", district=HANGZHOU), 30, 220,
         by=Who.SALES_AGENT),
    Part(S.IDENTITY, Shop(32, "sole_trader", "听雨区伞铺", "样例伞铺", "单晴", "5631", district=HANGZHOU), 3, 26,
         by=Who.SALES_AGENT),
    Part(S.IDENTITY, Shop(33, "micro", "", "常来早点", "常来", "5814"), 2, 8, by=Who.CALL_CENTRE_AGENT),
)  # fmt: skip
