"""What was derived from a company or a team stays with it, and is worked out once.

In: a function of a company or a team.  Out: the same function, which asks first whether it has been asked before.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembers(Protocol):
    """Something that keeps beside its data what was derived from it; a copy with other data starts with nothing."""

    @property
    def derived(self) -> dict[Hashable, Any]:
        """What was derived so far, by the function and what it was asked with."""


_From = TypeVar("_From", bound=Remembers)
_Also = ParamSpec("_Also")
_Derived = TypeVar("_Derived")


def remembered(
    derive: Callable[Concatenate[_From, _Also], _Derived],
) -> Callable[Concatenate[_From, _Also], _Derived]:
    """`derive`, worked out once for each owner and whatever else it is asked with; nobody changes what it returns."""

    @wraps(derive)
    def once(of: _From, /, *args: _Also.args, **kwargs: _Also.kwargs) -> _Derived:
        key = (derive, args, *sorted(kwargs.items()))
        if key not in of.derived:
            of.derived[key] = derive(of, *args, **kwargs)
        return of.derived[key]

    return once
