"""Every driver measured on one company: the one place from which diagnosis, trends and plans take their numbers.

In: a company as known at a day.  Out: observations per driver; no comparison yet, and no verdict.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from playbook.company import Company
from playbook.drivers.driver import Driver
from playbook.drivers.registry import DRIVERS, driver_of
from playbook.metrics.observations import DealsToCompare, Observations
from playbook.remembering import remembered

_TABLE = "opportunities."


def observations(company: Company, as_of: date) -> Iterator[Observations]:
    """Every driver that the company's data holds, in the order of the list; one per open stage."""
    measured = [driver for driver in DRIVERS.values() if not driver.replaced(company.has)]
    yield from _of_drivers(measured, company, as_of)


@remembered
def observations_of(company: Company, key: str, as_of: date) -> list[Observations]:
    """The observations of one driver, one for each of its aspects; none where the data does not hold them.

    Also of a driver in whose place another stands in the diagnosis.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    return [seen for seen in _of_drivers([driver_of(key)], company, as_of) if seen.driver == key]


def _of_drivers(drivers: Iterable[Driver], company: Company, as_of: date) -> Iterator[Observations]:
    drivers = list(drivers)
    needs = [need for driver in drivers for need in (*driver.needs, *driver.enough)]
    columns = {need.removeprefix(_TABLE) for need in needs if need.startswith(_TABLE)}
    deals = DealsToCompare(company, as_of, sorted(columns))
    for driver in drivers:
        for seen in driver.measure(deals):
            if seen.driver.partition(":")[0] != driver.key:
                raise ValueError(f"driver {driver.key} measures {seen.driver}")
            driver.aspect(seen.aspect)  # an aspect that its file does not hold raises
            yield seen
