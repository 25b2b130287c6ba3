"""One protocol per outside party, a simulator of each, and at least one real adapter.

`gateway("sms")` gives the adapter that `settings.GATEWAYS` names: "simulator", the name of another one in the party's
module (`ADAPTERS`), or the dotted path of a class with `configured(options)`. Calls come from workers, outside of any
transaction; replies are explained in `portal.gateways.base`.
"""

from functools import lru_cache
from typing import Any, Literal, overload

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from portal.gateways import (
    acquirer,
    antivirus,
    bank,
    courier,
    mail,
    payment,
    person,
    registry,
    risk_list,
    signing,
    sms,
    tms,
)
from portal.gateways.base import Options

PARTIES: dict[str, dict[str, Any]] = {
    "sms": sms.ADAPTERS,
    "mail": mail.ADAPTERS,
    "registry": registry.ADAPTERS,
    "person": person.ADAPTERS,
    "risk_list": risk_list.ADAPTERS,
    "bank": bank.ADAPTERS,
    "payment": payment.ADAPTERS,
    "courier": courier.ADAPTERS,
    "acquirer": acquirer.ADAPTERS,
    "tms": tms.ADAPTERS,
    "signing": signing.ADAPTERS,
    "antivirus": antivirus.ADAPTERS,
}


@overload
def gateway(name: Literal["sms"]) -> sms.Sms: ...
@overload
def gateway(name: Literal["mail"]) -> mail.Mail: ...
@overload
def gateway(name: Literal["registry"]) -> registry.Registry: ...
@overload
def gateway(name: Literal["person"]) -> person.PersonCheck: ...
@overload
def gateway(name: Literal["risk_list"]) -> risk_list.RiskList: ...
@overload
def gateway(name: Literal["bank"]) -> bank.Bank: ...
@overload
def gateway(name: Literal["payment"]) -> payment.Payment: ...
@overload
def gateway(name: Literal["courier"]) -> courier.Courier: ...
@overload
def gateway(name: Literal["acquirer"]) -> acquirer.Acquirer: ...
@overload
def gateway(name: Literal["tms"]) -> tms.Tms: ...
@overload
def gateway(name: Literal["signing"]) -> signing.Signing: ...
@overload
def gateway(name: Literal["antivirus"]) -> antivirus.Antivirus: ...
def gateway(name: str) -> Any:
    """The adapter of a party; raises `ImproperlyConfigured` with what to set."""
    return _built(settings.GATEWAYS[name], Options(name, **settings.GATEWAY_OPTIONS.get(name, {})))


@lru_cache(maxsize=64)  # an adapter keeps its connections open; another setting makes another adapter
def _built(choice: str, options: Options) -> Any:
    adapters = PARTIES[options.name]
    if choice in adapters:
        return adapters[choice].configured(options)
    try:
        return import_string(choice).configured(options)
    except ImportError:
        known = ", ".join(sorted(adapters))
        raise ImproperlyConfigured(
            f"GATEWAY_{options.name.upper()}={choice} is none of {known} and no class that can be imported."
        ) from None
