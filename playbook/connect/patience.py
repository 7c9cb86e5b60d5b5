"""How long the kit waits for a CRM, and how often it asks again: only what reads, and only where asking again can help.

An answer "too many requests" says how long to wait, and that is kept to. Both CRMs' libraries use urllib3 underneath.
"""

from typing import Any

SECONDS = (20, 300)  # to connect; between two pieces of an answer
_AGAIN = (429, 500, 502, 503, 504)
_TIMES = 5
_PAUSE = 1.0  # seconds before the second time of asking again; doubled each time


def retries(*, reading: frozenset[str] = frozenset({"GET"})) -> Any:
    """urllib3's rule for asking again; `reading` are the methods that only read."""
    from urllib3.util.retry import Retry

    return Retry(
        total=_TIMES, backoff_factor=_PAUSE, status_forcelist=_AGAIN, allowed_methods=reading, raise_on_status=False,
        respect_retry_after_header=True,
    )  # fmt: skip


def patient_session() -> Any:
    """A session of requests that waits as said above."""
    import requests
    from requests.adapters import HTTPAdapter

    class Patient(HTTPAdapter):
        def send(self, *given: Any, **options: Any) -> requests.Response:
            options["timeout"] = options.get("timeout") or SECONDS
            return super().send(*given, **options)

    session = requests.Session()
    session.mount("https://", Patient(max_retries=retries()))
    return session
