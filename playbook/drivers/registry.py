"""The list of drivers, read from the folder: every file beside this one that is not part of the form is a driver.

In: a key as a diagnosis writes it, `deal_size` or `stage:Discovery`.  Out: its driver, and how a person calls it.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType

from playbook.drivers.driver import Driver
from playbook.errors import PlaybookError

_FORM = {"driver", "observing", "price", "registry", "showing"}


class UnknownDriver(PlaybookError, KeyError):
    """No driver has this key."""

    __str__ = PlaybookError.__str__  # a KeyError would put its text in quotes


def _all_of_the_folder() -> dict[str, Driver]:
    folder = Path(__file__).parent
    keys = sorted(module.name for module in iter_modules([str(folder)]) if module.name not in _FORM)
    drivers = [_of_file(key) for key in keys]
    return {driver.key: driver for driver in sorted(drivers, key=lambda driver: (driver.order, driver.key))}


def _of_file(key: str) -> Driver:
    driver = getattr(import_module(f"playbook.drivers.{key}"), "DRIVER", None)
    if isinstance(driver, Driver) and driver.key == key:
        return driver
    raise PlaybookError(
        "it does not define a driver of its own name.",
        where=f"playbook/drivers/{key}.py",
        remedy=f"Write: DRIVER = Driver(key={key!r}, …).",
    )


DRIVERS: Mapping[str, Driver] = MappingProxyType(_all_of_the_folder())


def is_driver(key: str) -> bool:
    """Whether a driver's observations can bear this key: `deal_size`, `stage:Discovery`, and not `stage` alone."""
    head, colon, _ = key.partition(":")
    return head in DRIVERS and DRIVERS[head].by_name == bool(colon)


def driver_of(key: str) -> Driver:
    """The driver of a diagnosis' key; `stage:Discovery` is found under `stage`.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    head, colon, _ = key.partition(":")
    driver = DRIVERS.get(head)
    if driver is None or (colon and not driver.by_name):
        known = ", ".join(f"{one.key}:NAME" if one.by_name else one.key for one in DRIVERS.values())
        raise UnknownDriver("there is no such driver.", where=key, remedy=f"There are: {known}.")
    return driver


def name_in(key: str) -> str:
    """What a driver that comes by name is of: `Discovery` in `stage:Discovery`, else empty."""
    return key.partition(":")[2]


def label_of(key: str) -> str:
    """The driver as a person says it: `New pipeline`, `Conversion out of Discovery`.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    driver, name = driver_of(key), name_in(key)
    return driver.label_by_name.format(name=name) if name else driver.label
