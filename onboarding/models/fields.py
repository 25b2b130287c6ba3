"""Fields of our own: the blind index that follows an encrypted column."""

from __future__ import annotations

from typing import Any

from django.db import models

from portal.crypto import blind_index


class BlindIndexField(models.CharField):  # type: ignore[type-arg]  # Django's fields take no [ ] at run time
    """HMAC of another column's value, written with it, so that an encrypted value can be found and not read.

    `source` names the encrypted attribute (normalised before it is stored), `purpose` keeps indexes of different
    kinds of value apart: the same number as mobile and as account gives two unlike indexes. NULL where source is empty.
    """

    def __init__(self, *args: Any, source: str = "", purpose: str = "", **kwargs: Any) -> None:
        self.source, self.purpose = source, purpose
        kwargs.update(max_length=64, null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.update(source=self.source, purpose=self.purpose)
        return name, path, list(args), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        value = getattr(model_instance, self.source)
        index = blind_index(value, self.purpose) if value else None
        setattr(model_instance, self.attname, index)
        return index
