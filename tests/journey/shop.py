"""Who the merchant of the journey is, and the papers they photograph."""

from pathlib import Path

from desk.demo import numbers, papers
from portal.gateways import simulator

NAME, SIGN, PERSON = "虚构市小满面馆有限公司", "小满面馆", "刘小满"
MOBILE, EMAIL = "138 0013 8000", "liu@example.com"
CODE, IDENTITY = numbers.credit_code(1, "enterprise"), numbers.resident_id(1)
ACCOUNT = "3105010000000001"
ADDRESS = "上海市浦东新区样例路 18 号 1 层"
ABOUT = papers.About(1, "enterprise", NAME, SIGN, PERSON, IDENTITY, ADDRESS, uscc=CODE, account=ACCOUNT)
PLACES = {"counter": "till", "door": "shopfront", "plate": "till"}  # photos of the technician


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
        file.write_bytes(papers.draw(PLACES.get(kind, kind), ABOUT, self.taken).jpeg())
        return file
