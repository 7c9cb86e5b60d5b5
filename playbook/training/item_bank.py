"""Every item there is, by its key: the modules of the folder `items` are the list."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from playbook.errors import PlaybookError
from playbook.training import items
from playbook.training.item import Item


@cache
def item_bank() -> Mapping[str, Item]:
    """All items by their keys, in the order of modules and within each.

    Raises
    ------
    ValueError : if two items have one key.
    """
    bank: dict[str, Item] = {}
    for module in sorted(one.name for one in pkgutil.iter_modules(items.__path__)):
        for item in import_module(f"{items.__name__}.{module}").ITEMS:
            if item.key in bank:
                raise ValueError(f"two items are called {item.key}")
            bank[item.key] = item
    return bank


def item_called(key: str) -> Item:
    """The item of this key. Raises PlaybookError where there is none."""
    item = item_bank().get(key)
    if item is None:
        raise PlaybookError(
            f"there is no exercise called “{key}”.",
            where="a lesson",
            remedy="The lesson is newer or older than the kit. Open it again with: playbook lab --training",
        )
    return item
