"""What Salesforce is asked for: objects, fields and filters, by their API names.

Only what the kit uses: no subject and no body of a call, task or meeting, no contact, no file. A field that the company
or the login does not have is left out; `__c` names are the usual ones for what is no standard field.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SalesforceTable:
    """An object with the fields that are asked for; `archived` also reads what Salesforce has put into its archive."""

    name: str
    gives: str
    fields: tuple[str, ...]
    where: str = ""
    archived: bool = False
    needed: bool = False


TABLES = (
    SalesforceTable(
        "Opportunity",
        "deals",
        (
            "Id", "OwnerId", "Owner.Name", "AccountId", "Name", "StageName", "Amount", "CurrencyIsoCode", "Probability",
            "CloseDate", "CreatedDate", "LastModifiedDate", "NextStep", "LeadSource", "Type", "ForecastCategoryName",
            "IsWon", "IsClosed", "Loss_Reason__c", "Lost_Reason__c", "Closed_Lost_Reason__c", "MainCompetitors__c",
            "Competitor__c", "Primary_Competitor__c", "Segment__c", "Customer_Segment__c", "Market_Segment__c",
            "Region__c", "Product__c", "Product_Line__c", "Product_Family__c",
        ),
        needed=True,
    ),
    SalesforceTable(
        "OpportunityHistory",
        "stage history (where deals stop, how long they take, close dates that move)",
        (
            "Id", "OpportunityId", "StageName", "Amount", "Probability", "CloseDate", "ForecastCategory", "CreatedDate",
        ),
    ),
    SalesforceTable(
        "OpportunityFieldHistory",
        "changes of owner (deals that were taken over from somebody else)",
        ("Id", "OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate"),
        where="Field = 'Owner'",
    ),
    SalesforceTable(
        "User",
        "list of people with their managers, and so no workbooks",
        (
            "Id", "Name", "Email", "Title", "UserRole.Name", "ManagerId", "Division", "Department", "IsActive",
            "Hire_Date__c", "Start_Date__c",
        ),
        where="UserType IN ('Standard', 'PowerPartner')",
    ),
    SalesforceTable(
        "OpportunityStage",
        "order of the stages as the company set it",
        ("Id", "MasterLabel", "ApiName", "SortOrder", "DefaultProbability", "IsWon", "IsClosed", "IsActive"),
    ),
    SalesforceTable(
        "Account",
        "names, segments and regions of customers",
        ("Id", "Name", "Industry", "Segment__c", "Customer_Segment__c", "BillingCountry", "Region__c"),
        where="Id IN (SELECT AccountId FROM Opportunity)",
    ),
    SalesforceTable(
        "Task",
        "calls and tasks",
        ("Id", "OwnerId", "WhatId", "TaskSubtype", "Status", "ActivityDate", "CallDurationInSeconds"),
        where="IsDeleted = false",
        archived=True,
    ),
    SalesforceTable(
        "Event",
        "meetings",
        ("Id", "OwnerId", "WhatId", "ActivityDate", "StartDateTime", "DurationInMinutes"),
        where="IsDeleted = false",
        archived=True,
    ),
    SalesforceTable(
        "ForecastingQuota",
        "quotas",
        ("Id", "QuotaOwnerId", "StartDate", "QuotaAmount", "QuotaQuantity", "CurrencyIsoCode"),
    ),
)  # fmt: skip
