"""The columns of how the record is kept: facts only; apart from the modules that measure them."""

from typing import NamedTuple


class RecordRow(NamedTuple):
    """One row of a record: an active rep and a trait that the data shows, beside like colleagues."""

    manager_id: str  # to whom the rep reports
    rep_id: str
    trait: str  # its key (`traits`)
    value: float  # in the trait's scale
    n: int  # on how many deals, weeks or entries it rests
    error: float  # standard error of value; 0 where nothing was sampled
    usual: float  # the middle of the others of the same job; missing where they are too few
    difference: float  # value less usual
    side: str  # `high`, `low` or `alike` (`oddness`)
    others: int  # how many of the same job it is beside
    control: bool  # whether no skill moves it
    habit: bool  # whether it lies beyond the level from which it is a habit of the record, whatever others do
