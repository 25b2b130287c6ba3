"""Who the merchant of the journey is, and the papers they photograph."""

from pathlib import Path

from desk.demo import numbers, papers
from portal.gateways import simulator

NAME, SIGN, PERSON = "虚构市小满面馆有限公司", "小满面馆", "刘小满"
MOBILE, EMAIL = "138 0013 8000", "liu@example.com"
CODE, IDENTITY = numbers.credit_code(1, "enterprise"), numbers.resident_id(1)
ADDRESS = "上海市浦东新区样例路 18 号 1 层"
ROWS = [("统一社会信用代码", CODE), ("名称", NAME), ("住所", ADDRESS), ("法定代表人", PERSON)]
CARD = [("姓名", PERSON), ("住址", ADDRESS), ("公民身份号码", IDENTITY)]


def known_to_the_registry() -> None:
    """The simulated register of companies knows only those that it was told of."""
    record = {"name": NAME, "legal_representative": PERSON, "address": ADDRESS}
    simulator.teach("registry", CODE, {**record, "scope": "餐饮服务；食品销售", "status": "存续"})


class Camera:
    """Takes pictures: real JPEG files in a folder, each one different."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.taken = folder, 0

    def picture(self, kind: str) -> Path:
        self.taken += 1
        file = self.folder / f"IMG_{self.taken:04d}.jpg"
        file.write_bytes(self._drawn(kind))
        return file

    def _drawn(self, kind: str) -> bytes:
        if kind == "id_portrait":
            return papers.card_front(CARD, self.taken)
        if kind == "id_emblem":
            return papers.card_back([("签发机关", "虚构市公安局"), ("有效期限", "2016.05.01-长期")], self.taken)
        if kind in ("shopfront", "interior", "counter", "door", "plate"):
            return papers.scene(f"{SIGN}　{self.taken}", self.taken)
        return papers.licence([*ROWS, ("编号", f"{self.taken:05d}")], self.taken)
