"""The CRMs that can be asked, by the name that stands on the command line."""

from collections.abc import Mapping, Sequence

from playbook.connect.hubspot import hubspot
from playbook.connect.salesforce import salesforce
from playbook.connect.tables import ConnectedCrm

SOURCES = {"salesforce": salesforce, "hubspot": hubspot}


def opened(crm: str, environ: Mapping[str, str], *, also: Sequence[str] = ()) -> ConnectedCrm:
    """The CRM of that name, logged in with what the environment holds.

    Raises
    ------
    UnusableInput : if its part of the kit is not installed, a variable is missing, or the login is refused.
    """
    return SOURCES[crm](environ, also)
