"""Files that are no UTF-8: in which code page they are written is told from them and their folder, or it is asked."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.crm.files.code_pages import HighCells, Pages, codec_of, page_of, verdict
from playbook.crm.headings.mapping_file import Chosen, mapping_text
from playbook.crm.headings.suggestion import suggestion
from playbook.errors import UnusableInput
from tests.crm.export_files import import_files, write, write_rows
from tests.crm.larger_than_memory import both_ways

HEAD = ["Deal ID", "Owner", "Account", "Stage", "Amount", "Created Date", "Close Date"]
NAMES = {
    "cp1250": "Łukasz Żak;Ewa Śliwa;Karol Dąb;Piotr Gąska;Zofia Święta",
    "iso8859_2": "Jiří Dvořák;Tomáš Kučera;Ema Žáková;Petr Šťáva;Věra Ďoková",
    "cp1251": "Иванов Пётр;Мария Смирнова;Алексей Щукин;Юлия Жукова",
    "koi8_r": "Иванов Пётр;Мария Смирнова;Алексей Щукин;Юлия Жукова",
    "cp866": "Иванов Пётр;Мария Смирнова;Алексей Щукин;Юлия Жукова",
    "koi8_u": "Олена Шевченко;Андрій Коваленко;Юрій Їжак;Євген Гончар",
    "iso8859_7": "Γιώργος Παπαδόπουλος;Μαρία Νικολάου;Ελένη Άννα;Κώστας Ιωάννου",
    "cp1252": "Jürgen Müller;François Bâcle;Søren Kjær;José Núñez;Åsa Öberg;João Conceição;Niccolò Ricci",
    "cp1254": "Ayşe Yılmaz;Çağla Şahin;İbrahim Öztürk;Gökhan Işık;Uğur Güneş",
    "cp1255": "דוד כהן;שרה לוי;יוסף מזרחי;רחל אברהם",
    "cp1256": "محمد علي;فاطمة حسن;أحمد إبراهيم;خالد يوسف",
    "cp1257": "Žydrūnas Kazlauskas;Rūta Šimkutė;Gintarė Žukauskienė;Agnė Čepaitė",
    "cp874": "สมชาย ใจดี;สมหญิง รักไทย;วิชัย ศรีสุข",
    "cp932": "田中 太郎;鈴木 花子;佐藤 健;高橋 美咲;渡辺 誠",
    "gb18030": "王伟;李娜;张敏;刘洋;陈静;北京科技有限公司",
    "big5hkscs": "陳怡君;林志明;黃美玲;張家豪;李淑芬",
    "cp949": "김민수;이서연;박지훈;최유진;정하늘",
    "mac_roman": "Jürgen Müller;Käthe Weiß;Jörg Schäfer;Günther Groß",
    "cp850": "Jürgen Müller;Käthe Weiß;Jörg Schäfer;Günther Groß",
    "cp852": "Łukasz Żak;Ewa Śliwa;Karol Dąb;Piotr Gąska;Zofia Święta",
}
FRENCH = "Hélène;Irène;Geneviève"
UNCLEAR = "Nováčková;Kučera"  # Czech in Windows-1250, and as good in Windows-1257


def deals(names: list[str]) -> list[list[str]]:
    stages = ("Closed Won", "Closed Lost")
    return [HEAD, *([f"D{n}", name, "Acme", stages[n % 2], "10", "2026-01-05", "2026-02-10"]
                    for n, name in enumerate(names * 2))]  # fmt: skip


def owners(imported) -> set[str]:
    return set(imported.company.people["name"])


def doubts(imported) -> list[str]:
    return [w for w in imported.report.warnings if "code page" in w]


@pytest.mark.parametrize("codec", NAMES)
def test_names_are_read_in_the_code_page_that_they_are_written_in(codec, tmp_path):
    names = NAMES[codec].split(";")
    imported = import_files(write_rows(tmp_path, "deals.csv", deals(names), separator=";", encoding=codec))
    assert set(names) <= owners(imported)
    assert not doubts(imported)


ALSO_IN_PIECES = [pytest.param(codec, marks=pytest.mark.soak) for codec in ("cp1250", "cp1251")]


@pytest.mark.parametrize("codec", ["cp932", "cp1252", *ALSO_IN_PIECES])
def test_a_code_page_is_told_alike_in_pieces(codec, tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals(NAMES[codec].split(";")), encoding=codec)
    assert both_ways([file], tmp_path) == ""


def test_french_names_stay_french_though_each_letter_is_one_of_czech_too():
    certain = verdict([name.encode("cp1252") for name in FRENCH.split(";")], Pages())
    assert (certain.readings[0].codec, certain.certain) == ("cp1252", True)


def test_where_nothing_decides_the_note_names_the_file_a_name_and_what_to_write(tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", deals(UNCLEAR.split(";")), encoding="cp1250"))
    (doubt,) = doubts(imported)
    assert doubt.startswith("deals.csv: ")
    assert "Nováčková" in doubt
    assert '[encoding] "deals.csv" = ' in doubt


def test_a_name_that_stands_in_a_utf8_file_beside_it_decides(tmp_path):
    names = UNCLEAR.split(";")
    write_rows(tmp_path / "in", "deals.csv", deals(names), encoding="cp1250")
    write_rows(tmp_path / "in", "roster.csv", [["Name", "Manager"], *([name, "Mona Reyes"] for name in names)])
    imported = import_files(tmp_path / "in")
    assert set(names) <= owners(imported)
    assert not doubts(imported)
    assert both_ways([tmp_path / "in"], tmp_path / "out") == ""


def test_a_second_file_that_is_certain_decides_for_one_that_is_not(tmp_path):
    write_rows(tmp_path / "in", "deals.csv", deals(UNCLEAR.split(";")), encoding="cp1250")
    more = ["Jiří Dvořák", "Ondřej Němec", "Věra Šťastná", "Radek Ďuřina"]
    write_rows(
        tmp_path / "in", "roster.csv", [["Name", "Manager"], *([n, "Mona Reyes"] for n in more)], encoding="cp1250"
    )
    assert not doubts(import_files(tmp_path / "in"))


def test_a_heading_that_a_mapping_knows_decides():
    cells = ["Částka".encode("cp1250"), "Kučera".encode("cp1250"), "Nováčková".encode("cp1250")]
    assert not verdict(cells, Pages()).certain
    known = verdict(cells, Pages(known={"Částka"}))
    assert (known.readings[0].cells[0], known.certain) == ("Částka", True)


def test_the_mapping_file_says_the_code_page_of_a_file(tmp_path):
    names = UNCLEAR.split(";")
    file = write_rows(tmp_path, "deals.csv", deals(names), encoding="cp1250")
    mapping = write(tmp_path, "m.toml", '[encoding]\n"deals.csv" = "Windows-1250"')
    imported = import_files(file, mapping=mapping)
    assert set(names) <= owners(imported)
    assert not doubts(imported)
    assert both_ways([file], tmp_path / "out", mapping=mapping) == ""


def test_the_mapping_files_word_counts_also_for_a_file_that_could_be_utf8(tmp_path):
    file = write(tmp_path, "deals.csv", "\n".join(",".join(r) for r in deals(["Bj\xf6rk"])).encode("utf-8"))
    mapping = write(tmp_path, "m.toml", '[encoding]\n"deals.csv" = "cp1252"')
    assert "BjÃ¶rk" in owners(import_files(file, mapping=mapping))


@pytest.mark.parametrize(
    "entry", ['[encoding]\n"deals.csv" = "cp9999"', 'encoding = "cp1250"', '[encoding]\na = "hex"']
)
def test_a_code_page_that_does_not_exist_is_refused(entry, tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals(["Ana"]))
    with pytest.raises(UnusableInput, match="no code page"):
        import_files(file, mapping=write(tmp_path, "m.toml", entry))


def test_a_code_page_in_which_the_file_cannot_be_written_is_refused(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals(["Łukasz Żak"]), encoding="cp1250")
    mapping = write(tmp_path, "m.toml", '[encoding]\n"deals.csv" = "euc-jp"')
    assert "is not written in euc-jp" in both_ways([file], tmp_path, mapping=mapping)


def test_an_encoding_of_a_file_that_is_not_there_is_warned_of(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals(["Ana"]))
    mapping = write(tmp_path, "m.toml", '[encoding]\n"deal.csv" = "cp1250"')
    (warning,) = [w for w in import_files(file, mapping=mapping).report.warnings if "[encoding]" in w]
    assert "Did you mean 'deals.csv'?" in warning


def test_one_broken_letter_leaves_a_text_utf8(tmp_path):
    names = [f"Zoë Ünal{n}" for n in range(30)]
    text = "\n".join(",".join(row) for row in deals(names)).encode()
    imported = import_files(write(tmp_path, "deals.csv", text.replace("ë Ünal7,".encode(), b"\xeb Unal7,", 1)))
    assert "Zoë Ünal3" in owners(imported)
    assert any("damaged" in w for w in imported.report.warnings)


def test_signs_alone_leave_nothing_to_misread():
    cells = [
        s.encode("cp1252")
        for s in ("£500", "500 €", "½", "Acme® ltd", "O’Brien", "“so”", "5°", "Volumen (T€)", "in k€")
    ]
    certain = verdict(cells, Pages())
    assert (certain.readings[0].codec, certain.certain) == ("cp1252", True)


def test_a_chosen_code_page_is_written_into_the_mapping_file(tmp_path):
    file = write_rows(tmp_path, "deals.csv", deals(UNCLEAR.split(";")), encoding="cp1250")
    proposed = suggestion([file])
    assert "Nováčková" in proposed.doubts[0]
    text = mapping_text(proposed, Chosen(encodings={"deals.csv": "cp1250"}))
    assert tomllib.loads(text)["encoding"] == {"deals.csv": "cp1250"}
    assert not suggestion([file], encodings={"deals.csv": "cp1250"}).doubts


@pytest.mark.parametrize(("name", "codec"), [("Windows-1250", "cp1250"), ("ANSI 1251", "cp1251"), ("gbk", "gb18030"),
                                             ("ISO-8859-1", "cp1252"), ("KOI8-R", "koi8_r"), ("base64", None),
                                             ("", None)])  # fmt: skip
def test_a_code_page_goes_by_many_names(name, codec):
    assert codec_of(name) == codec


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300).filter(lambda data: not data.isascii()))
def test_whatever_the_bytes_are_there_is_a_reading_that_decodes_them(data):
    cells = HighCells()
    cells.add(data)

    def decodes(codec: str) -> bool:
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            return False
        return True

    page = page_of(cells.all(), "deals.csv", Pages(), decodes)
    assert isinstance(data.decode(page.codec, errors=page.errors), str)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.integers(min_value=1, max_value=50))
def test_cells_are_the_same_however_the_text_comes(data, step):
    whole, stepwise = HighCells(), HighCells()
    whole.add(data)
    for start in range(0, len(data), step):
        stepwise.add(data[start : start + step])
    assert whole.all() == stepwise.all()
