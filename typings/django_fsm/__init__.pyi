"""The part of django-fsm-2 that we use; without its types every model with a machine would be Any to mypy."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models

_F = TypeVar("_F", bound=Callable[..., Any])

class TransitionNotAllowed(Exception): ...
class ConcurrentTransition(Exception): ...
class InvalidResultState(Exception): ...

class RETURN_VALUE:
    def __init__(self, *allowed_states: str) -> None: ...

class GET_STATE:
    allowed_states: Sequence[str] | None
    def __init__(self, func: Callable[..., str], states: Sequence[str] | None = ...) -> None: ...

class FSMField(models.CharField[str, str]):
    def __init__(self, *args: Any, protected: bool = ..., **kwargs: Any) -> None: ...

class FSMModelMixin: ...
class ConcurrentTransitionMixin: ...

def transition(
    field: Any,
    source: str | Iterable[str] = ...,
    target: str | RETURN_VALUE | GET_STATE | None = ...,
    on_error: str | None = ...,
    conditions: Sequence[Callable[..., bool]] = ...,
    permission: str | Callable[..., bool] | None = ...,
    custom: dict[str, Any] | None = ...,
) -> Callable[[_F], _F]: ...
def can_proceed(bound_method: Callable[..., Any], check_conditions: bool = ...) -> bool: ...
def has_transition_perm(bound_method: Callable[..., Any], user: Any) -> bool: ...
