"""The same deals in the dress of each CRM: its headings, words, dates, numbers, separator and encoding.

The headings are written here by hand, as people see them, and not taken from the mappings under test. Tests write
deals in each dress and read them back; `make_sample_exports.py` writes the sample exports in some of them.
"""
# ruff: noqa: E501  (a table reads best as a table)

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

FIELDS = ("id", "rep", "account", "stage", "outcome", "amount", "created", "closed")


@dataclass(frozen=True)
class Deal:
    """A deal before any CRM wrote it down. `more` holds what only some dresses show, already as text."""

    id: str
    rep: str
    account: str
    outcome: str  # won, lost, open
    amount: float
    created: date
    closed: date  # of an open deal: expected
    stage: str = ""  # the last open stage, where the dress is not to choose
    more: dict[str, str] = field(default_factory=dict)


def text_of(rows: list[list[str]], separator: str = ",", line_end: str = "\n", quote_all: bool = False) -> str:
    """Rows as delimited text; cells are quoted where they must be, or all of them."""

    def cell(value: str) -> str:
        must = quote_all or any(c in value for c in (separator, '"', "\n", "\r"))
        return '"' + value.replace('"', '""') + '"' if must else value

    return "".join(separator.join(cell(v) for v in row) + line_end for row in rows)


def point(amount: float) -> str:
    return f"{amount:.2f}"


def commas(amount: float) -> str:
    return f"{amount:,.2f}"


def german(amount: float) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def french(amount: float) -> str:
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


ISO, STAMP, DMY, MDY, DOTS = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"


@dataclass(frozen=True)
class Dress:
    """`columns`: heading → what of a deal stands below it. `words`: won, lost, open as the CRM says them."""

    crm: str
    columns: dict[str, str]
    words: tuple[str, str, str]
    day: str = ISO
    number: Callable[[float], str] = point
    separator: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    stage: str = "Negotiation"  # of an open deal, and of all where the outcome stands apart
    footer: str = ""
    constant: dict[str, str] = field(default_factory=dict)
    quote_all: bool = False

    @property
    def asks(self) -> bool:
        """Whether days are written so that a column of them can have two readings."""
        return self.day in (DMY, MDY)

    def text(self, deals: list[Deal]) -> bytes:
        """The file that the CRM would give."""
        rows = [list(self.columns), *([self._cell(d, what) for what in self.columns.values()] for d in deals)]
        return (text_of(rows, self.separator, self.line_end, self.quote_all) + self.footer).encode(self.encoding)

    def _cell(self, deal: Deal, what: str) -> str:
        word = dict(zip(("won", "lost", "open"), self.words, strict=True))[deal.outcome]
        apart = "outcome" in self.columns.values()
        values = {
            "id": deal.id,
            "rep": deal.rep,
            "account": deal.account,
            "outcome": word,
            "stage": (deal.stage or self.stage) if apart or deal.outcome == "open" else word,
            "amount": self.number(deal.amount),
            "created": deal.created.strftime(self.day),
            "closed": deal.closed.strftime(self.day),
            "closed if closed": deal.closed.strftime(self.day) if deal.outcome != "open" else "",
            "expected if open": deal.closed.strftime(self.day) if deal.outcome == "open" else "",
            "won": deal.closed.strftime(self.day) if deal.outcome == "won" else "",
            "lost": deal.closed.strftime(self.day) if deal.outcome == "lost" else "",
            "is won": str(int(deal.outcome == "won")),
            "is closed": str(int(deal.outcome != "open")),
        }
        return values.get(what, deal.more.get(what, self.constant.get(what, "")))


def _columns(headings: str, *whats: str) -> dict[str, str]:
    return dict(zip(headings.split("|"), whats, strict=True))


_REPORT = ("rep", "account", "name", "stage", "amount", "closed", "created", "id")
_HUBSPOT = ("id", "name", "stage", "amount", "closed", "created", "rep", "account")
_PIPEDRIVE = (
    "id",
    "name",
    "rep",
    "amount",
    "account",
    "stage",
    "outcome",
    "created",
    "won",
    "lost",
    "expected if open",
)
_COPYRIGHT = "\n\n\nConfidential Information - Do Not Distribute\nCopyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\n"

DRESSES = {
    "Salesforce report, US": Dress("Salesforce", _columns("Opportunity Owner|Account Name|Opportunity Name|Stage|Amount|Close Date|Created Date|Opportunity ID", *_REPORT),
        ("Closed Won", "Closed Lost", ""), MDY, commas, encoding="latin-1", stage="Negotiation/Review", footer=_COPYRIGHT),
    "Salesforce report, German": Dress("Salesforce", _columns("Opportunity-Inhaber|Accountname|Opportunity-Name|Phase|Betrag|Schlusstermin|Erstelldatum|Opportunity-ID", *_REPORT),
        ("Geschlossen und gewonnen", "Geschlossen und verloren", ""), DOTS, german, ";", "cp1252", "\r\n", "Verhandlung"),
    "Salesforce report, Spanish": Dress("Salesforce", _columns("Propietario de oportunidad|Nombre de la cuenta|Nombre de la oportunidad|Etapa|Importe|Fecha de cierre|Fecha de creación|Id. de oportunidad", *_REPORT),
        ("Cerrada ganada", "Cerrada perdida", ""), DMY, german, ";", "utf-8-sig", stage="Negociación"),
    "Salesforce report, French": Dress("Salesforce", _columns("Propriétaire de l'opportunité|Nom du compte|Nom de l'opportunité|Étape|Montant|Date de clôture|Date de création|ID de l'opportunité", *_REPORT),
        ("Fermée gagnée", "Fermée perdue", ""), DMY, french, ";", "utf-16", stage="Négociation"),
    "Salesforce report, Portuguese": Dress("Salesforce", _columns("Proprietário da oportunidade|Nome da conta|Nome da oportunidade|Fase|Valor|Data de fechamento|Data de criação|ID da oportunidade", *_REPORT),
        ("Fechada ganha", "Fechada perdida", ""), DMY, german, "\t", stage="Negociação"),
    "Salesforce, weekly export": Dress("Salesforce", _columns("Id|Owner.Name|Account.Name|StageName|Amount|CloseDate|CreatedDate|IsClosed|IsWon|IsDeleted", "id", "rep", "account", "stage", "amount", "closed", "created", "is closed", "is won", "no"),
        ("Signed", "Gone", ""), STAMP, encoding="latin-1", constant={"no": "0"}),
    "HubSpot, English": Dress("HubSpot", _columns("Record ID|Deal Name|Deal Stage|Amount|Close Date|Create Date|Deal owner|Associated Company", *_HUBSPOT),
        ("Closed won", "Closed lost", ""), "%Y-%m-%d %H:%M", stage="Contract sent"),
    "HubSpot, German": Dress("HubSpot", _columns("Datensatz-ID|Dealname|Deal-Phase|Betrag|Abschlussdatum|Erstellungsdatum|Für Deal zuständiger Mitarbeiter|Verknüpftes Unternehmen", *_HUBSPOT),
        ("Abgeschlossen und gewonnen", "Abgeschlossen und verloren", ""), "%Y-%m-%d %H:%M", stage="Vertrag gesendet"),
    "HubSpot, Portuguese": Dress("HubSpot", _columns("ID do registro|Nome do negócio|Etapa do negócio|Valor|Data de fechamento|Data de criação|Proprietário do negócio|Empresa associada", *_HUBSPOT),
        ("Negócio fechado", "Negócio perdido", ""), DMY, german, ";", stage="Proposta"),
    "Pipedrive, English": Dress("Pipedrive", _columns("Deal - ID|Deal - Title|Deal - Owner|Deal - Value|Deal - Organization|Deal - Stage|Deal - Status|Deal - Deal created|Deal - Won time|Deal - Lost time|Deal - Expected close date", *_PIPEDRIVE),
        ("Won", "Lost", "Open"), STAMP),
    "Pipedrive, French": Dress("Pipedrive", _columns("Affaire - ID|Affaire - Titre|Affaire - Propriétaire|Affaire - Valeur|Affaire - Organisation|Affaire - Étape|Affaire - Statut|Affaire - Affaire créée|Affaire - Date de gain|Affaire - Date de perte|Affaire - Date de clôture prévue", *_PIPEDRIVE),
        ("Gagné", "Perdu", "Ouvert"), DMY, french, ";"),
    "Dynamics 365, English": Dress("Dynamics 365", _columns("(Do Not Modify) Opportunity|(Do Not Modify) Row Checksum|Topic|Owner|Potential Customer|Pipeline Phase|Status|Actual Revenue|Created On|Actual Close Date|Est. Close Date", "id", "x", "name", "rep", "account", "stage", "outcome", "amount", "created", "closed if closed", "expected if open"),
        ("Won", "Lost", "Open"), "%m/%d/%Y %I:%M %p", commas, stage="2-Develop"),
    "Dynamics 365, Spanish": Dress("Dynamics 365", _columns("(No modificar) Oportunidad|Tema|Propietario|Cliente potencial|Fase de ventas|Estado|Ingresos reales|Fecha de creación|Fecha de cierre real|Fecha de cierre est.", "id", "name", "rep", "account", "stage", "outcome", "amount", "created", "closed if closed", "expected if open"),
        ("Lograda", "Perdida", "Abierta"), "%d/%m/%Y %H:%M", german, ";", "utf-8-sig", stage="Desarrollar"),
    "Zoho, Portuguese": Dress("Zoho", _columns("ID do registro|Proprietário do negócio|Nome da conta|Nome do negócio|Estágio|Valor|Data de fechamento|Hora de criação", "id", "rep", "account", "name", "stage", "amount", "closed", "created"),
        ("Fechado ganho", "Fechado perdido", ""), STAMP, stage="Qualificação"),
    "Zoho, English": Dress("Zoho", _columns("Record Id|Deal Owner|Account Name|Deal Name|Stage|Amount|Closing Date|Created Time", "id", "rep", "account", "name", "stage", "amount", "closed", "created"),
        ("Closed Won", "Closed Lost", ""), STAMP, stage="Qualification"),
    "A plain table": Dress("generic", _columns("Deal No.|Sales Rep|Customer|Status|Deal Value|Opened|Closed", "id", "rep", "account", "outcome", "amount", "created", "closed if closed"),
        ("Won", "Lost", "Open"), "%d %b %Y", commas, "|"),
}  # fmt: skip
