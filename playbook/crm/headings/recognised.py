"""A raw table with a meaning: what it is, whose headings it wears, and which of its columns means what."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.mapping import Mapping


@dataclass(frozen=True)
class Recognised:
    """A raw table with a meaning. `columns`: field → heading; `reasons`: heading → why; `wide_*`: heading → parts.

    A table that is nothing to the kit has the kind `""`, and in `why` the reason.
    """

    raw: RawTable
    kind: str
    crm: str
    language: str
    why: str
    columns: Dict[str, str] = field(default_factory=dict)
    also: Dict[str, tuple[str, ...]] = field(default_factory=dict)  # headings that fill a field's gaps
    reasons: Dict[str, str] = field(default_factory=dict)
    currencies: Dict[str, str] = field(default_factory=dict)  # of a field whose heading names one
    wide_stage_dates: Dict[str, tuple[str, str]] = field(default_factory=dict)  # heading → stage, pipeline
    wide_quotas: Dict[str, str] = field(default_factory=dict)  # heading → period
    everyone: bool = False
    mapping: Mapping | None = None

    @property
    def left_aside(self) -> list[str]:
        """The headings that mean nothing to the kit."""
        used = {*self.columns.values(), *sum(self.also.values(), ()), *self.wide_stage_dates, *self.wide_quotas}
        return [h for h in self.raw.headings if h not in used]
