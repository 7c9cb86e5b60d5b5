"""A remedy that is printed is tried: each, done as it says, lets the import go on, or asks the next thing.

The remedies are gathered from the code (`printed_remedies.py`): one that nobody tries here fails the first test. Where
a remedy names several ways on, each day goes one of them, so that each kind is gone in some; the soak goes all.
"""
# ruff: noqa: E501  (a table reads best as a table)

import io
import zipfile
from dataclasses import dataclass, field, replace
from itertools import cycle

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from playbook.crm import into_folder
from playbook.crm.headings.mapping_file import Chosen, mapping_text
from playbook.crm.headings.suggestion import suggestion
from playbook.crm.larger import company_in_pieces, reading
from tests.conftest import SOAK
from tests.crm.export_files import PLAIN, workbook, zipped
from tests.crm.following_remedies import Answers, Attempt, Files, Way, ways_on
from tests.crm.larger_than_memory import TINY
from tests.crm.printed_remedies import PrintedRemedy, gathered
from tests.scripts.requirements_files import ROOT

HEAD = PLAIN[0]
ROSTER = [["Name", "Manager"], ["Ana García", "Mo Ray"], ["Bo Lee", "Mo Ray"]]
GOOD: Files = {"deals.csv": PLAIN}
LED: Files = {"deals.csv": PLAIN, "people.csv": ROSTER}
DOTS = "…"
NOTEBOOK = "notebooks/bring_your_data.ipynb"

# What no small input prints, and what holds it instead.
HELD_ELSEWHERE = {
    "Check the file.": "a file that may not be read: whoever runs the tests as the administrator may read all",
    "Look at the file in a text editor": "a file of two million rows of another width",
    "Open it in a spreadsheet, save it as XLSX, and use that.": "a cell of more than 64 MB",
    "Close other programs, export fewer years, or use a larger computer.": "a computer without memory",
    "Open it in a spreadsheet, save it as CSV, and use that.": "a workbook that eats memory: test_old_workbooks.py",
    "An import that is larger than memory needs about twice": "a full disk: test_larger_than_memory.py",
    "Allow it more with --memory, close other programs": "a computer without memory",
    "# What each file and column means, as chosen in bring_your_data.": "the first line of the file that the notebook writes",
    "Use dmy (day first) or mdy (month first).": "the command knows no other word; the notebook offers these two",
    "Name a folder or files: python3 scripts/kit.py import": "the command does not begin without one",
    "Make them with: python3 scripts/kit.py import": "each command takes exports where there are no tables",
}


def deals(*, heads: dict[str, str] | None = None, **columns: tuple[str, ...]) -> list[list[str]]:
    """The plain deals with other values in some columns (by the heading without its spaces), and other headings."""
    rows = [dict(zip(HEAD, row, strict=True)) for row in PLAIN[1:]]
    for name, values in columns.items():
        heading = next(h for h in HEAD if h.replace(" ", "") == name)
        many = max(len(rows), len(values))
        rows = [{**row, heading: value} for row, value, _ in zip(cycle(rows), cycle(values), range(many), strict=False)]
    rows = [row | {"Deal ID": f"D{n}"} for n, row in enumerate(rows, 1)]
    return [[(heads or {}).get(h, h) for h in HEAD], *([row[h] for h in HEAD] for row in rows)]


@dataclass(frozen=True)
class Case:
    """An attempt that prints the remedy (named by some words of it), and what a person does who follows it.

    `answers`: what is put in place of each placeholder. `by_hand`: the attempt after what no word of the kit does: a
    cell corrected, an export made again. `asks_next`: what may be asked then instead of going on. `chosen`: what is
    picked in the notebook, where the remedy names it. `in_place_of`: an entry stands in place of what was refused.
    """

    remedy: str
    attempt: Attempt
    answers: dict[str, str] = field(default_factory=dict)
    by_hand: Attempt | None = None
    asks_next: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    in_place_of: bool = False


def case(remedy: str, files: Files, *arguments: str, mapping: str = "", **following) -> Case:
    """A case of the command `import`, or of the command that `arguments` begin with."""
    own = arguments and not arguments[0].startswith("--")
    return Case(
        remedy,
        Attempt(files, arguments if own else ("import", "EXPORTS", "--to", "TO", *arguments), mapping),
        **following,
    )


def corrected(files: Files = GOOD, *arguments: str, mapping: str = "") -> Attempt:
    return case("", files, *arguments, mapping=mapping).attempt


SLASHES = ("01/02/2026", "03/04/2026", "05/06/2026")
MIXED = [["Deal ID", "Owner", "Stage", "Amount", "Close Date"]] + [
    [f"D{n}", "Ana García", "Closed Won" if n % 2 else "Closed Lost", "10", day]
    for n, day in enumerate(
        [f"{m:02}-{m + 1:02}-2026" for m in range(1, 11)] + [f"{d}/01/2026" for d in range(13, 29)], 1
    )
]
CLOSED_HEAD = ["Deal ID", "Owner", "Stage", "Is Closed", "Amount", "Close Date"]
TEXT = "\n".join(",".join(row) for row in PLAIN)
CYRILLIC = TEXT.replace("Ana García", "Ана Гарсия").replace("Bo Lee", "Бо Ли")
STRANGE = {
    "Owner": "Wer",
    "Stage": "Wo",
    "Amount": "Wie viel",
    "Deal ID": "Nr",
    "Account": "Bei",
    "Close Date": "bis",
    "Created Date": "ab",
}
PICKED = {
    ("table.csv", heading): name
    for heading, name in [("Wer", "rep_name"), ("Wo", "stage"), ("Nr", "opportunity_id"), ("bis", "closed_on")]
}
UNDATED = [[c for i, c in enumerate(row) if i not in (5, 6)] for row in PLAIN]
STRAY = deals(
    CreatedDate=tuple(f"2025-0{m}-{d:02}" for m in range(1, 7) for d in range(1, 11)),
    CloseDate=("2025-08-01",) * 59 + ("2026-09-30",),
    Stage=("Closed Won",),
)
PAGE = (
    "<html><table>"
    + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in PLAIN)
    + "</table></html>"
)
GROUPED = [["Owner", "Deal ID", "Stage", "Amount", "Created Date", "Close Date"]]
for rep in ("Ana García", "Bo Lee"):
    GROUPED += [
        [rep if n == 0 else "", f"{rep}{n}", "Closed Won" if n else "Closed Lost", "5", "2026-01-01", "2026-02-01"]
        for n in range(6)
    ]
    GROUPED += [["Subtotal", "", "", "30", "", ""]]


def closed(*stages: str) -> list[list[str]]:
    """Deals that the CRM says are closed, in stages of those names."""
    return [
        CLOSED_HEAD,
        *([f"D{n}", "Ana García", stage, "true", "10", "2026-02-10"] for n, stage in enumerate(stages, 1)),
    ]


def with_mapping(wrong: str, right: str = "") -> dict:
    """A mapping file that is refused, and the corrected one."""
    return {"mapping": wrong, "by_hand": corrected(mapping=right), "in_place_of": True}


def locked() -> bytes:
    """An archive that says of its file that it is locked with a password."""
    whole = bytearray(zipped({"deals.csv": TEXT.encode()}))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(head) + flags] |= 1
    return bytes(whole)


def misnamed() -> bytes:
    """An archive that says that its names are UTF-8, which they are not."""
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr("xx\N{POUND SIGN}.csv", TEXT)
    return buffer.getvalue().replace("\N{POUND SIGN}".encode(), b"\xe9\xe9")


def swollen_parquet() -> bytes:
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 400_000, pa.int32()), pa.array(["x" * 1000]))
    pq.write_table(pa.table({"Deal ID": column, "Stage": column}), buffer := io.BytesIO())
    return buffer.getvalue()


def with_rows(rows: bytes, **members: bytes) -> bytes:
    """The workbook of the plain deals with more rows, and more members of those names."""
    with zipfile.ZipFile(io.BytesIO(workbook({"Deals": PLAIN}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
    return zipped(parts | {f"xl/{name}.xml": content for name, content in members.items()})


def of_one_long_text() -> bytes:
    text = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>' % (
        b"x" * 32_000
    )
    return with_rows((b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>") * 2_000, sharedStrings=text)


def company(
    people: str = "person_id,name,role\nP1,Ana García,rep\n",
    deal: str = "D1,P1,won,2026-01-01",
    settings: str = 'name = "Nord"',
) -> Files:
    """A company's folder whose tables somebody wrote by hand."""
    heads = "opportunity_id,rep_id,outcome,created_on"
    tables = {"people.csv": people, "opportunities.csv": f"{heads}\n{deal}\n", "company.toml": settings}
    return {name: text.encode() for name, text in tables.items()}


LEADERS = company(
    "person_id,name,role,manager_id\nP1,Ana García,rep,P8\nP2,Bo Lee,rep,P9\nP8,Mo Ray,manager,\nP9,Mo Ray,manager,\nP7,Al One,manager,\n"
)
QUOTAS = [
    ["Rep", "Month", "Quota", "Currency"],
    ["Ana García", "2026-03", "10", "USD"],
    ["Bo Lee", "2026-03", "10", "EUR"],
]
DIAGNOSE = ("diagnose", "EXPORTS", "--to", "TO.csv")
CHAPTER: Files = {"../chapters/01_team.ipynb": (ROOT / "tests/workbooks/chapters/01_team.ipynb").read_bytes()}


def diagnosed(remedy: str, files: Files) -> Case:
    """A case of `diagnose` with a company's folder that is corrected by hand."""
    return case(remedy, files, *DIAGNOSE, by_hand=Attempt(company(), DIAGNOSE))


def built(
    remedy: str, files: Files, *arguments: str, of: Files = LED, then: tuple[str, ...] = (), to: str = "TO"
) -> Case:
    """A case of `build` with one chapter; `of` and `then` are the exports and the arguments after what is done by hand."""
    words = ("build", "EXPORTS", "--chapters", "EXPORTS/../chapters", "--to")
    return case(remedy, CHAPTER | files, *words, to, *arguments, by_hand=Attempt(CHAPTER | of, (*words, "TO", *then)))


# fmt: off
CASES = [
    # the order of day and month
    case("Say which it is: run again with --dates dmy", {"deals.csv": deals(CreatedDate=SLASHES, CloseDate=SLASHES)}),
    case("Say how those like", {"deals.csv": MIXED}),
    case("Correct the column: write all its days", {"deals.csv": deals(CloseDate=("13/02/2026", "02/13/2026", "05/06/2026"))}, by_hand=corrected()),
    case("All days of this column", {"deals.csv": deals(CreatedDate=("13/01/2026",) * 3, CloseDate=("28/02/2026",) * 3)}, "--dates", "mdy"),
    # cells and rows that cannot be read
    case("Correct the cell, or run again", {"deals.csv": deals(Amount=("10", "soon", "20"))}, by_hand=corrected()),
    case("So it is with most cells", {"deals.csv": deals(Amount=("high", "low", "20"))}, by_hand=corrected()),
    case("Run it again without --skip", {"deals.csv": deals(Amount=("high", "low", "20", "10"), CreatedDate=("2026-01-01", "2026-01-01", "soon", "soon"))}, "--skip-bad-rows", asks_next="'high' is no amount"),
    case("Correct the row (a text", {"deals.csv": [*PLAIN, ["D9", "Ana García", "Acme", "Closed Won", "1", "200", "2026-01-05", "2026-02-10"]]}, by_hand=corrected()),
    case("Say which it is in a mapping file (decimal", {"deals.csv": deals(Amount=("1.234,50", "1,234.50", "1.234"))}, by_hand=corrected()),
    # what a stage means
    case("Say in a mapping file which mean it", {"deals.csv": deals(Stage=("Blue", "Green", "Red"))}, answers={f"{DOTS}#won": "Blue", f"{DOTS}#lost": "Green"}, by_hand=corrected()),
    case("Export them with it; or name its column", {"deals.csv": deals(heads={"Stage": "Farbe"}, Stage=("Blue", "Green"))}, mapping='[files]\n"deals.csv" = "opportunities"', answers={DOTS: "Farbe"}, by_hand=corrected(), asks_next="no deal is known to be won or lost"),
    case("Export them with their stage filled in.", {"deals.csv": deals(Stage=("",))}, by_hand=corrected()),
    case("Say in a mapping file which is which", {"deals.csv": closed("Blue", "Green")}, answers={f"{DOTS}#won": "Blue", f"{DOTS}#lost": "Green"}),
    case("Say in a mapping file what each means", {"deals.csv": deals(Stage=("Closed", "Lost", "Mystery"))}, answers={DOTS: "Closed"}),
    case("as lost: the CRM says closed", {"deals.csv": closed("Closed Won", "Blue")}, answers={f"{DOTS}#open": "Green", f"{DOTS}#won": "Blue"}),
    case("was taken for {}: other deals are", {"deals.csv": deals(Stage=("Won", "Closed", "Open"))}, answers={DOTS: "Closed"}),
    case("There are no lost deals", {"deals.csv": deals(Stage=("Won", "Blue"))}, answers={DOTS: "Blue"}, by_hand=corrected()),
    case("There are no won deals", {"deals.csv": deals(Stage=("Lost", "Blue"))}, answers={DOTS: "Blue"}, by_hand=corrected()),
    case("The order of {} is not known", {"deals.csv": deals(Stage=("Closed Won", "Closed Lost", "Blue", "Green"))}, answers={f"{DOTS}#1": "Green", f"{DOTS}#2": "Blue"}),
    # which file and which column is what
    case("Give the export with one row per deal", {"table.csv": deals(heads=STRANGE)}, by_hand=corrected(), chosen=Chosen(kinds={"table.csv": "opportunities"}, fields=PICKED)),
    case("Or say in a mapping file which it is", {"table.csv": deals(heads=STRANGE)}, asks_next="no column says who owns the deals"),
    case("Export it again with the owner (in", {"deals.csv": deals(heads={"Owner": "Wer"})}, answers={DOTS: "Wer"}, by_hand=corrected(), chosen=Chosen(fields={("deals.csv", "Wer"): "rep_name"})),
    case("Export it again with the owner's name", {"deals.csv": [[*HEAD, "Wer"], *([row[0], "Unassigned", *row[2:], "Ana García"] for row in PLAIN[1:])]}, answers={DOTS: "Wer"}, by_hand=corrected()),
    case("No column was recognised as", {"deals.csv": deals(heads={"Amount": "Wie viel"})}, answers={DOTS: "Wie viel"}),
    case("Nobody's manager is known", {"deals.csv": PLAIN, "../roster.csv": ROSTER}, by_hand=corrected(LED)),
    case("the column {} does not say whether the quota", {"deals.csv": PLAIN, "people.csv": [[*ROSTER[0], "Quota"], *([*row, "1000"] for row in ROSTER[1:])]}, by_hand=corrected({"deals.csv": PLAIN, "people.csv": [[*ROSTER[0], "Quarterly quota"], *([*row, "1000"] for row in ROSTER[1:])]})),
    # money and letters
    case("amounts in others count only with rates", {"deals.csv": deals(Amount=("10 EUR", "20 EUR", "30 USD"))}, answers={DOTS: "0.9"}),
    case("without a rate they were left out", {"deals.csv": deals(Amount=("10 EUR",)), "quotas.csv": QUOTAS}, answers={DOTS: "0.9"}),
    case("and the deals name no currency, so the quotas", {"deals.csv": PLAIN, "quotas.csv": QUOTAS}, answers={DOTS: "EUR"}, asks_next="without a rate they were left out"),
    case("give a rate in a mapping file", {"deals.csv": deals(Amount=("10 EUR", "20 EUR", "30 USD"))}, answers={DOTS: "0.9"}),
    case("If names look wrong", {"deals.csv": TEXT.replace("Ana García", "Nováčková").replace("Bo Lee", "Kučera").encode("cp1250")}),
    case("Name another code page in", {"deals.csv": CYRILLIC.encode("cp1251")}, mapping='[encoding]\n"deals.csv" = "gb18030"', by_hand=corrected({"deals.csv": CYRILLIC.encode("cp1251")}, mapping='[encoding]\n"deals.csv" = "cp1251"')),
    # the mapping file itself
    case("Use won, lost or open.", GOOD, **with_mapping('[outcomes]\nlate = ["x"]', '[outcomes]\nopen = ["Proposal"]')),
    case("Write dmy, mdy or ymd.", GOOD, **with_mapping('dates = "day first"', 'dates = "dmy"')),
    case("Name a table (quotas)", GOOD, **with_mapping('[ask_for]\nkwota = "x"', '[ask_for]\nquotas = "x"')),
    case("Use one of: {}.", GOOD, **with_mapping('[opportunities]\nwho = "Owner"', '[opportunities]\nrep_name = "Owner"')),
    case("Use one of: ignore", GOOD, **with_mapping('[files]\n"deals.csv" = "deals"', '[files]\n"deals.csv" = "opportunities"')),
    case("Correct that line and run again.", GOOD, **with_mapping("dates = dmy", 'dates = "dmy"')),
    case("Sections are:", GOOD, **with_mapping('[deals]\nrep_name = "Owner"', '[opportunities]\nrep_name = "Owner"')),
    case("Write an entry for each file", GOOD, **with_mapping('encoding = "cp1250"', '[encoding]\n"deals.csv" = "utf-8"')),
    case("Write what one is worth", GOOD, **with_mapping('[rates]\nUSD = "0,9"', "[rates]\nUSD = 0.9")),
    case("Write a language's code", GOOD, **with_mapping('[opportunities.xx]\nrep_name = "Owner"', '[opportunities.de]\nrep_name = "Owner"')),
    case("Settings are:", GOOD, **with_mapping('[company]\ntitle = "Nord"', '[company]\nname = "Nord"')),
    case("Write the number of the month", GOOD, **with_mapping("[company]\nfiscal_year_starts = 13", "[company]\nfiscal_year_starts = 4")),
    case("Write {}.", GOOD, **with_mapping("[company]\nname = 7", '[company]\nname = "Seven"')),
    case("Your mapping file, [{}]:", GOOD, **with_mapping('[files]\n"dealz.csv" = "opportunities"', '[files]\n"deals.csv" = "opportunities"')),
    # files that cannot be read
    case("Put the CRM's exports there", {}, by_hand=corrected()),
    case("Export the deals that are in use.", {"deals.csv": [[*HEAD, "Is Deleted"], *([*row, "true"] for row in PLAIN[1:])]}, by_hand=corrected()),
    case("Check the name and run again.", GOOD, "import", "EXPORTS/none.csv", "--to", "TO", by_hand=corrected()),
    case("Give the export as a file.", GOOD, "import", "/dev/null", "--to", "TO", by_hand=corrected()),
    case("Check the name.", GOOD, "diagnose", "EXPORTS/none", "--to", "TO.csv", by_hand=Attempt(GOOD, DIAGNOSE)),
    case("Export it again.", {"deals.csv": PLAIN[:1]}, by_hand=corrected()),
    case("Export it again as CSV or XLSX.", {"deals.csv": bytes(range(256)) * 40}, by_hand=corrected()),
    case("Export it in parts.", {"deals.parquet": swollen_parquet()}, by_hand=corrected()),
    case("Download or export it again.", {"deals.zip": zipped({"deals.csv": TEXT.encode()})[:-30]}, by_hand=corrected()),
    case("Save it without one and run again.", {"deals.zip": locked()}, by_hand=corrected()),
    case("Unpack it yourself", {"deals.zip": zipped({"deals.csv": b"0" * 200_000_000})}, by_hand=corrected()),
    case("Unpack it, and give the files in it.", {"deals.zip": misnamed()}, by_hand=corrected()),
    case("Save it again, or as CSV.", {"deals.xlsx": workbook({"Deals": PLAIN}).replace(b"xl/worksheets/sheet1", b"xl/worksheets/sheet9")}, by_hand=corrected({"deals.xlsx": workbook({"Deals": PLAIN})})),
    case("Delete what stands far outside", {"deals.xlsx": with_rows(b'<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>')}, by_hand=corrected({"deals.xlsx": with_rows(b"")})),
    case("leave out columns of long texts", {"deals.xlsx": of_one_long_text()}, by_hand=corrected({"deals.xlsx": with_rows(b"")})),
    # sizes and places
    case("Write a size such as 2GB.", GOOD, "--memory", "much", by_hand=corrected(GOOD, "--memory", "2GB")),
    case("Give {}MB at least.", GOOD, "--memory", "1MB", by_hand=corrected(GOOD, "--memory", "512MB")),
    case("Export it as CSV, which is read in pieces", {"deals.html": PAGE.encode()}, "--memory", "512MB", answers={"--memory": "2GB"}, by_hand=corrected(GOOD, "--memory", "512MB")),
    case("Save its sheets as CSV", {"deals.xlsx": workbook({"Deals": PLAIN})}, "--memory", "512MB", answers={"--memory": "2GB"}, by_hand=corrected(GOOD, "--memory", "512MB")),
    case("Export the details only, without subtotals", {"deals.csv": GROUPED}, "--memory", "512MB", answers={"--memory": "2GB"}, by_hand=corrected(GOOD, "--memory", "512MB")),
    case("Let the name end in .csv or .json.", company(), "diagnose", "EXPORTS", "--to", "TO", by_hand=Attempt(company(), DIAGNOSE)),
    # the day from which a company is looked at
    case("No deal has a date up to today", {"deals.csv": UNDATED, "people.csv": ROSTER}, *DIAGNOSE, answers={"YYYY-MM-DD": "2026-03-31"}, by_hand=Attempt(LED, DIAGNOSE)),
    case("The data begins on", LED, *DIAGNOSE, "--as-of", "2020-01-01", answers={"--as-of": "2026-06-01"}),
    case("dated later counts as not yet known", {"deals.csv": STRAY, "people.csv": ROSTER}, *DIAGNOSE, answers={"--as-of": "2026-10-01"}),
    # a company's folder that was written by hand
    diagnosed("Its columns are:", company(people="person_id,nom\nP1,Ana\n")),
    diagnosed("Correct it and run again.", company(deal="D1,P1,won,01/02/2026")),
    diagnosed("Keep one.", company(deal="D1,P1,won,2026-01-01\nD1,P1,won,2026-01-01")),
    diagnosed("Correct it.", company(deal="D1,P1,sold,2026-01-01")),
    diagnosed("Make the tables again.", company() | {"stages.parquet": b"none"}),
    diagnosed("Correct it, or import again.", company(settings="name = Nord")),
    diagnosed("Import it again.", company(deal="D1,,won,2026-01-01")),
    # for whom workbooks are made, and where
    built("Add the list of people with each one's manager", GOOD),
    built("Did you mean: {}?", LED, "--manager", "Mo Rai", then=("--manager", "Mo Ray")),
    built("Ask by id: {}.", LEADERS, "--manager", "Mo Ray", of=LEADERS, then=("--manager", "P9")),
    built("Check whom the exports name", LEADERS, "--manager", "Al One", of=LEADERS, then=("--manager", "P9")),
    built("Ask for the manager whom the exports name", LED, "--manager", "Bo Lee", then=("--manager", "Mo Ray")),
    built("Name a folder after --to.", LED | {"../file": b"x"}, to="EXPORTS/../file"),
    built("Name an empty or new folder after --to", LED | {"../full/letter.txt": b"x"}, to="EXPORTS/../full"),
    built("Name another folder after --to; exports", LED, to="EXPORTS/books"),
]
# fmt: on


@pytest.fixture(autouse=True)
def small_computer(monkeypatch):
    """With 512 MB an import is in pieces, and each workbook is too large for them."""
    monkeypatch.setattr(into_folder, "fits", lambda paths, memory: memory > 600 * 1024**2)
    monkeypatch.setattr(company_in_pieces, "sizes_within", lambda memory: TINY)
    monkeypatch.setattr(reading, "_WORKBOOK_GROWS", TINY.memory)


def remedy_of(words: str) -> PrintedRemedy:
    """The one remedy of the code that is these words, or in which they stand."""
    by_text = {r.text: r for r in gathered()}
    (remedy,) = [by_text[words]] if words in by_text else [r for text, r in by_text.items() if words in text]
    return remedy


def test_every_remedy_that_can_be_printed_is_tried():
    tried = {remedy_of(words).text for words in [*HELD_ELSEWHERE, *(case.remedy for case in CASES)]}
    assert [r for r in gathered() if r.text not in tried] == []


# Each day every third, and the others with the soak: neighbours are printed by one room.
TRIED = [case if n % 3 == 0 else pytest.param(case, marks=pytest.mark.soak) for n, case in enumerate(CASES)]


@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.remedy)
def test_a_printed_remedy_that_is_followed_leads_on(case, tmp_path):
    remedy = remedy_of(case.remedy)
    _, output = case.attempt.run(tmp_path / "first")
    printed = remedy.prints(output)
    assert printed, output
    entered_into = replace(case.attempt, mapping="") if case.in_place_of else case.attempt
    ways = [*ways_on(printed.group(), entered_into, Answers(case.answers))]
    ways += [Way("done by hand", case.by_hand)] if case.by_hand else []
    if NOTEBOOK in printed.group():
        assert (ROOT / NOTEBOOK).is_file()
        written = mapping_text(suggestion([tmp_path / "first" / "exports"]), case.chosen)
        ways.append(Way(f"picked in {NOTEBOOK}", replace(case.attempt, mapping=written)))
    assert ways, f"nothing can be done about: {printed.group()}"
    for number, way in enumerate(ways if SOAK else [ways[CASES.index(case) // 3 % len(ways)]]):
        status, then = way.attempt.run(tmp_path / str(number))
        went_on = case.asks_next in then if case.asks_next and way.attempt is not case.by_hand else status == 0
        assert went_on and not remedy.prints(then), f"{way.words}\n{then}"
