"""What stands on the papers of one invented merchant. Everything is made from the case's own values."""

from __future__ import annotations

import dataclasses
import datetime


@dataclasses.dataclass(frozen=True, slots=True)
class About:
    """`type` is the merchant's type; dates are those of the licence. `bank` and `account` belong to the settlement."""

    number: int
    type: str
    name: str
    sign: str
    person: str
    id_number: str
    address: str
    uscc: str = ""
    scope: str = "餐饮服务；食品销售"
    founded: datetime.date = datetime.date(2024, 3, 18)
    trade: str = "food"  # what stands in the shop's windows
    bank: str = "中国建设银行"
    account: str = ""
    city: str = "虚构市"
    district: str = "听雨区"

    @property
    def personal(self) -> bool:
        """Settles to a card of the owner, not to an account of the firm."""
        return self.type in ("sole_trader", "micro")


def written(day: datetime.date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"
