"""Sample catalogue and stock for demonstrations. All names, makers and numbers are invented."""

from __future__ import annotations

import datetime

from django.utils import timezone

from devices.models import DeviceModel, Movement, Terminal

M, I = DeviceModel.Ownership.MERCHANT, DeviceModel.Ownership.INSTITUTION  # noqa: E741
MODELS = (
    {
        "code": "demo-smart-a1", "kind": DeviceModel.Kind.SMART, "ownership": M, "price_fen": 89900,
        "name_zh": "小云智能终端 A1", "name_en": "Cloudlet A1 smart terminal", "connectivity": "4G, Wi-Fi",
        "about_zh": "触屏，刷卡、挥卡、扫码都能收，自带小票打印。", "certificate": "DEMO-2026-0001",
        "about_en": "Touch screen; cards, contactless and QR; prints receipts.",
    },
    {
        "code": "demo-pos-k2", "kind": DeviceModel.Kind.POS, "ownership": M, "price_fen": 39900,
        "name_zh": "小云键盘终端 K2", "name_en": "Cloudlet K2 keypad terminal", "connectivity": "4G",
        "about_zh": "实体按键，续航久，适合摊位和送货。", "certificate": "DEMO-2026-0002",
        "about_en": "Real keys and a long battery: for stalls and deliveries.",
    },
    {
        "code": "demo-qr-s1", "kind": DeviceModel.Kind.QR, "ownership": I, "price_fen": 9900,
        "name_zh": "小云收款音箱 S1", "name_en": "Cloudlet S1 speaker", "connectivity": "4G, Wi-Fi",
        "about_zh": "扫码收款，到账语音播报，不收卡。", "certificate": "DEMO-2026-0003",
        "about_en": "QR payments with spoken confirmation; takes no cards.",
    },
)  # fmt: skip
DEVICE_TYPES = {DeviceModel.Kind.SMART: "04", DeviceModel.Kind.POS: "02", DeviceModel.Kind.QR: "10"}
COUNT = 20


def seed(count: int = COUNT) -> list[Terminal]:
    """Three models, and `count` terminals on the shelf with confirmed keys. Again changes nothing."""
    models = [_model(data) for data in MODELS]
    return [_terminal(models[_which(number)], number) for number in range(1, count + 1)]


def _which(number: int) -> int:
    """Half of them smart, the rest shared."""
    return (0, 0, 1, 2)[number % 4]


def _model(data: dict[str, object]) -> DeviceModel:
    lasting = timezone.localdate() + datetime.timedelta(days=3 * 365)
    more = {
        "maker": "虚构科技",
        "certified_until": lasting,
        "pts_approval": "DEMO-PTS",
        "pts_until": lasting,
        "fictitious": True,
    }
    model, _made = DeviceModel.objects.get_or_create(code=data["code"], defaults={**data, **more})
    return model


def _terminal(model: DeviceModel, number: int) -> Terminal:
    """Written as it would stand after receipt and keys; the movements say that it is sample stock."""
    serial = f"999999{DEVICE_TYPES[DeviceModel.Kind(model.kind)]}DEMO{number:06d}"
    fresh = {"model": model, "state": "in_stock", "kcv": f"{number * 7919 % 0xFFFFFF:06X}", "key_at": timezone.now()}
    terminal, made = Terminal.objects.get_or_create(serial=serial, defaults=fresh)
    if made:
        Movement.objects.create(terminal=terminal, source="", target="in_stock", note="demo")
    return terminal
