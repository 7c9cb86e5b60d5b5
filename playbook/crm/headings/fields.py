"""What a column of an export can mean to the kit: the kinds of files, and the fields that each can hold.

A field is a canonical column, or something that a canonical column is made of (`is_won`, `rep_name`). Mapping files
use these names; anything else in them is a mistake that is reported.
"""

from collections.abc import Mapping

TEXT, ID, DAY, MONEY, NUMBER, SHARE, FLAG = "text", "id", "day", "money", "number", "share", "flag"

FIELDS: Mapping[str, Mapping[str, str]] = {
    "opportunities": {
        "opportunity_id": ID,
        "rep_id": ID,  # who owns it, as an id or as a name
        "rep_name": TEXT,
        "rep_email": TEXT,
        "manager_name": TEXT,  # of the owner
        "territory": TEXT,  # of the owner
        "job": TEXT,  # of the owner
        "created_by": TEXT,  # name, id or email; beside the owner's it tells whether the deal was taken over
        "account": TEXT,
        "account_id": ID,
        "name": TEXT,
        "segment": TEXT,
        "region": TEXT,
        "source": TEXT,
        "product": TEXT,
        "kind": TEXT,
        "pipeline": TEXT,
        "stage": TEXT,
        "status": TEXT,  # open, won or lost, where it is not the stage that says it
        "is_won": FLAG,
        "is_closed": FLAG,
        "is_lost": FLAG,
        "is_deleted": FLAG,
        "is_current": FLAG,  # of an export that keeps older versions of its rows
        "amount": MONEY,
        "once_amount": MONEY,  # of an export that parts what is paid once from what recurs: added up
        "recurring_amount": MONEY,
        "list_amount": MONEY,
        "discount": SHARE,
        "currency": TEXT,
        "probability": SHARE,
        "created_on": DAY,
        "closed_on": DAY,  # of an open deal: becomes expected_close_on
        "won_on": DAY,
        "lost_on": DAY,
        "expected_close_on": DAY,
        "modified_on": DAY,  # decides which of two rows with one id is the younger
        "split_share": SHARE,  # of a deal that several own: decides which row's owner counts
        "lost_to": TEXT,
        "lost_reason": TEXT,
        "competitor": TEXT,
        "forecast_category": TEXT,
        "next_step": TEXT,
    },
    "people": {
        "person_id": ID,
        "name": TEXT,
        "first_name": TEXT,
        "last_name": TEXT,
        "email": TEXT,
        "role": TEXT,
        "job": TEXT,
        "manager_id": ID,
        "manager_name": TEXT,
        "territory": TEXT,
        "segment": TEXT,
        "division": TEXT,  # becomes the segment, or the job where its words are jobs
        "hired_on": DAY,
        "left_on": DAY,
        "promoted_on": DAY,
        "valid_from": DAY,  # of a row of somebody who is listed once for each manager
        "valid_to": DAY,
        "active": FLAG,
        "quota": MONEY,
        "quota_month": MONEY,
        "quota_quarter": MONEY,
        "quota_year": MONEY,
        "currency": TEXT,
    },
    "stage_history": {
        "opportunity_id": ID,
        "stage": TEXT,
        "from_stage": TEXT,
        "field": TEXT,  # of a field history: which field changed
        "entered_on": DAY,
        "amount": MONEY,
        "expected_close_on": DAY,
        "forecast_category": TEXT,
        "probability": SHARE,
        "owner": TEXT,  # of a history of whole states: who owned the deal then
        "is_deleted": FLAG,
    },
    "activities": {
        "activity_id": ID,
        "rep_id": ID,
        "rep_name": TEXT,
        "opportunity_id": ID,
        "deal_name": TEXT,
        "kind": TEXT,
        "subtype": TEXT,
        "on": DAY,
        "ends_on": DAY,
        "minutes": NUMBER,
        "seconds": NUMBER,
        "milliseconds": NUMBER,
        "hours": NUMBER,
        "status": TEXT,
        "is_deleted": FLAG,
    },
    "quotas": {
        "rep_id": ID,
        "rep_name": TEXT,
        "rep_email": TEXT,
        "starts_on": DAY,
        "ends_on": DAY,
        "period": TEXT,
        "year": TEXT,
        "quarter": TEXT,
        "month": TEXT,
        "amount": MONEY,
        "units": NUMBER,
        "unit": TEXT,
        "currency": TEXT,
    },
    "stages": {
        "stage_id": ID,
        "pipeline": TEXT,
        "stage": TEXT,
        "position": NUMBER,
        "probability": SHARE,
        "outcome": TEXT,  # in words: open, won, lost; where none of these is met it is a word for something else
        "is_won": FLAG,
        "is_closed": FLAG,
        "is_active": FLAG,
    },
    "pipelines": {"pipeline_id": ID, "pipeline": TEXT},
    "accounts": {"account_id": ID, "account": TEXT, "segment": TEXT, "sector": TEXT, "region": TEXT},
    "products": {"product": TEXT, "list_amount": MONEY},
    "coaching_log": {
        "manager_id": ID,
        "rep_id": ID,
        "on": DAY,
        "kind": TEXT,
        "minutes": NUMBER,
        "focus": TEXT,
    },
    "merges": {"opportunity_id": ID, "merged_id": ID},
    "activity_deals": {"activity_id": ID, "opportunity_id": ID},
}

KIND_LABELS: Mapping[str, str] = {
    "opportunities": "deals",
    "people": "a list of people",
    "stage_history": "the deals' stage history",
    "activities": "activities",
    "quotas": "quotas",
    "stages": "a list of stages",
    "pipelines": "a list of pipelines",
    "accounts": "a list of customers",
    "products": "a price list",
    "coaching_log": "a coaching log",
    "merges": "a list of merged deals",
    "activity_deals": "which activity belongs to which deal",
}

# What the canonical tables keep of a kind that is not a table of its own.
TABLE_OF = {
    "opportunities": "opportunities",
    "people": "people",
    "stage_history": "stage_history",
    "activities": "activities",
    "quotas": "quotas",
    "stages": "stages",
    "coaching_log": "coaching_log",
}

# How a person reads the fields; others read as they are written, with spaces.
FIELD_LABELS: Mapping[str, str] = {
    "opportunity_id": "the deal's id",
    "rep_id": "its owner (id, or name)",
    "rep_name": "its owner (name)",
    "rep_email": "its owner (email)",
    "manager_id": "manager (id)",
    "manager_name": "manager (name)",
    "created_by": "who created it",
    "account": "customer",
    "account_id": "customer (id)",
    "kind": "type (new, renewal, … or call, meeting, …)",
    "list_amount": "amount before discount",
    "once_amount": "amount paid once (beside one that recurs)",
    "recurring_amount": "amount that recurs (beside one paid once)",
    "created_on": "day created",
    "closed_on": "day of closing",
    "won_on": "day won",
    "lost_on": "day lost",
    "expected_close_on": "day expected to close",
    "modified_on": "day last changed",
    "split_share": "share of the owner in a deal of several",
    "lost_reason": "reason for the loss",
    "lost_to": "lost to (competitor, no decision)",
    "is_won": "won? (yes or no)",
    "is_closed": "closed? (yes or no)",
    "is_lost": "lost? (yes or no)",
    "is_deleted": "deleted? (yes or no)",
    "is_current": "newest version of the row? (yes or no)",
    "person_id": "the person's id",
    "hired_on": "day hired",
    "left_on": "day left",
    "promoted_on": "day promoted to manager",
    "valid_from": "first day on which the row is true",
    "valid_to": "last day on which the row is true",
    "active": "still here? (yes or no)",
    "quota_month": "quota per month",
    "quota_quarter": "quota per quarter",
    "quota_year": "quota per year",
    "entered_on": "day the stage was entered",
    "from_stage": "stage before",
    "deal_name": "the deal (its name)",
    "on": "day",
    "ends_on": "end",
    "starts_on": "first day",
}


def field_label(name: str) -> str:
    """A field in the words of a person who fills in a mapping."""
    return FIELD_LABELS.get(name, name.replace("_", " "))
