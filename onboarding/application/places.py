"""Choosing a district in three steps that work without JavaScript: province, city, county."""

from __future__ import annotations

import dataclasses

from django.db.models import Q
from django.utils import timezone

from onboarding.models import Division
from onboarding.words import suffix


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """The lists of the page and what is chosen in them. `districts` is empty until a city is known."""

    provinces: list[Division]
    cities: list[Division]
    districts: list[Division]
    province: str = ""
    city: str = ""

    @property
    def names(self) -> dict[str, str]:
        return {row.code: row.name for row in (*self.provinces, *self.cities, *self.districts)}

    def full_name(self, code: str) -> str:
        """From the province down, in Chinese as on papers: 浙江省 杭州市 西湖区."""
        row = next(one for one in self.districts if one.code == code)
        above = [self.names.get(one, "") for one in (self.province, self.city) if one and one != row.code]
        return " ".join(dict.fromkeys(name for name in (*above, row.name) if name and name not in FILLERS))


FILLERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


def places(province: str = "", city: str = "", saved: str = "") -> Places:
    """The lists for what was chosen; `saved` is a district whose province and city are chosen already."""
    provinces = _below("")
    province = province or (saved and saved[:2] + "0000")
    if province not in {row.code for row in provinces}:
        return Places(provinces, [], [])
    cities = _below(province)
    if not cities:  # Hong Kong, Macao, Taiwan: the province is the last level here
        return Places(provinces, [], [row for row in provinces if row.code == province], province)
    city = city or (saved[:4] + "00" if saved[:2] == province[:2] else "")
    city = cities[0].code if len(cities) == 1 else city
    chosen = [row for row in cities if row.code == city]
    if not chosen:
        return Places(provinces, cities, [], province)
    return Places(provinces, cities, _below(city) or chosen, province, city)


def _below(parent: str) -> list[Division]:
    in_force = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    return list(Division.objects.filter(in_force, parent=parent).order_by("code"))


def label(row: Division) -> str:
    """The name in the reader's language."""
    return row.name if suffix() == "zh" else row.name_en or row.name
