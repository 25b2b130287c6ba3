"""Fields of our own that follow another column: the blind index of an encrypted one, the folded form of a name."""

from __future__ import annotations

from typing import Any

from django.db import models

from onboarding.formats.text import fold
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


class FoldedField(models.CharField):  # type: ignore[type-arg]
    """Another column's name as `formats.text.fold` reduces it, written with it: finds the same name however typed."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.update(blank=True, default="", editable=False, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded
