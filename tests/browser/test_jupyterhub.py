"""Two managers on a real JupyterHub, with the settings that docs/jupyterhub.md names, and one PostgreSQL database."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from playbook.chapter_numbers import notebook_of
from playbook.forms import hours
from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.events import new_event
from playbook.journal.journals import NotSaved
from tests.browser.chapter_forms import label_of
from tests.browser.jupyterlab import SECONDS, JupyterLab
from tests.journal.postgres import a_server
from tests.scripts.requirements_files import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.database]
CHAPTER = f"{notebook_of('your_week')}.ipynb"
STOP = label_of(hours.settled(), "stop")
SUBJECT = "week-settled/stop"
PAGE = (ROOT / "docs" / "jupyterhub.md").read_text(encoding="utf-8")
ONCE, PER_PERSON = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
# What a test needs besides: any name may log in, users are no users of the machine, everything is in one folder.
QUICK = (
    "from playbook.jupyter_imports import leave_out_grammar; leave_out_grammar(); "  # which takes each process seconds
)
IN_A_TEST = """
import os, sys
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {folder!r} + "/homes/{{username}}"
c.Spawner.notebook_dir = {folder!r} + "/workbooks"
c.Spawner.cmd = [sys.executable, "-c", {quick!r} + "from jupyterhub.singleuser import main; main()"]
c.Spawner.args = ["--allow-root"]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = [os.path.join(os.path.dirname(sys.executable), "configurable-http-proxy")]
c.JupyterHub.db_url = "sqlite:///" + {folder!r} + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = {folder!r} + "/secret"
c.Spawner.environment.update({{"PYTHONPATH": {root!r}}})

def database_of(name):
    return f"postgresql://{{name}}@127.0.0.1:{database}/postgres"
"""


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@pytest.fixture(scope="module")
def database():
    with a_server() as server:
        DatabaseJournal(server.url, Key("nobody", "nobody", "kit")).read()  # the owner's first call makes the tables
        ask(server, ONCE)
        for name in ("ana", "ben"):
            ask(server, PER_PERSON.replace("NAME", name))
        yield server


def ask(server, sql):
    import psycopg

    with psycopg.connect(server.url) as connection:
        rows = connection.execute(sql)
        return rows.fetchall() if rows.description else []


def as_role(server, name):
    return server.url.replace("kit@", f"{name}@")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two workbooks of one team, which both managers can open: nothing but the database keeps them apart."""
    place = tmp_path_factory.mktemp("hub")
    for name in ("ana", "ben"):
        (place / "homes" / name).mkdir(parents=True)
        shutil.copytree(ROOT / "data" / "samples" / "team", place / "workbooks" / f"of-{name}" / "team")
        shutil.copy(ROOT / "notebooks" / "workbook" / CHAPTER, place / "workbooks" / f"of-{name}")
        (place / "workbooks" / f"of-{name}" / "journal.jsonl").touch()
    return place


@pytest.fixture(scope="module")
def hub(folder, database):
    ports = free_ports(3)
    documented = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1].replace(
        "/srv/player-to-coach", f"{folder}/shared"
    )
    around = IN_A_TEST.format(folder=str(folder), ports=ports, database=database.port, root=str(ROOT), quick=QUICK)
    (folder / "jupyterhub_config.py").write_text(around + documented, encoding="utf-8")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": programs, "CONFIGPROXY_AUTH_TOKEN": "for-this-test"}
    with (folder / "hub.log").open("wb") as log:
        argv = [sys.executable, "-c", f"{QUICK}from jupyterhub.app import main; main()", "-f", "jupyterhub_config.py"]
        process = subprocess.Popen(argv, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{ports[0]}/hub/health", process)
            yield f"http://127.0.0.1:{ports[0]}"
        finally:
            process.terminate()  # it ends the users' servers and the proxy as well
            process.wait(timeout=SECONDS)


def wait_for(address, process=None):
    until = time.monotonic() + SECONDS
    while True:
        try:
            return urllib.request.urlopen(address).close()
        except OSError:
            assert time.monotonic() < until and (process is None or process.poll() is None), f"{address}: see hub.log"
            time.sleep(0.2)


class Manager:
    """Somebody who is logged in at the hub, in a window of their own."""

    def __init__(self, chromium, hub, name):
        self.name, self.hub = name, hub
        self.lab = JupyterLab(chromium, hub)
        self.page = self.lab.page

    def log_in(self):
        self.page.goto(f"{self.hub}/hub/login?next=/hub/spawn")
        self.page.locator("#username_input").fill(self.name)
        self.page.locator("#password_input").fill("any")
        self.page.locator("#login_submit").click()
        self.page.wait_for_url(f"**/{self.name}**")  # the server of this user is on its way
        self.page.goto("about:blank")  # else a JupyterLab is loaded here already that nobody looks at

    def open(self, workbook):
        self.page.goto(f"{self.hub}/user/{self.name}/lab/tree/{workbook}/{CHAPTER}?reset")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.lab.wait_until_idle()
        self.lab.run_all()

    def write(self, text):
        form = self.page.locator(".ptc-form", has=self.page.get_by_label(STOP, exact=True))
        form.get_by_label(STOP, exact=True).fill(text)
        form.locator(".ptc-saved:has-text('Saved at')").wait_for()


@pytest.fixture(scope="module")
def managers(chromium, hub):
    both = [Manager(chromium, hub, name) for name in ("ana", "ben")]
    for manager in both:
        manager.log_in()
    for manager in both:
        wait_for(f"{hub}/user/{manager.name}/api")
    yield both
    for manager in both:
        manager.lab.context.close()


def test_each_keeps_an_answer_and_neither_sees_the_others_even_in_the_others_workbook(managers, database, folder):
    ana, ben = managers
    ana.open("of-ana")
    ana.write("Ana stops closing")
    ben.open("of-ana")  # somebody else's workbook
    expect(ben.page.get_by_label(STOP, exact=True)).to_have_value("")
    ben.write("Ben stops closing")
    ana.lab.run_all()
    expect(ana.page.get_by_label(STOP, exact=True)).to_have_value("Ana stops closing")
    rows = ask(database, f"SELECT author, value FROM playbook_events WHERE subject = '{SUBJECT}' ORDER BY author")
    assert rows == [("ana", '"Ana stops closing"'), ("ben", '"Ben stops closing"')]
    assert [path.stat().st_size for path in folder.glob("workbooks/*/journal.jsonl")] == [0, 0]


def test_the_hub_gives_the_kits_quiet_page_and_asks_nobody_outside(managers):
    ana, _ = managers
    assert ana.page.get_by_text("Fill in this page", exact=True).is_visible()
    assert ana.lab.errors() == [] and ana.lab.outside == []


def test_a_page_saved_on_the_hub_holds_the_sheet_and_no_widget(managers, folder):
    ana, _ = managers
    ana.lab.save()
    ana.page.get_by_text("Saving completed").wait_for()
    saved = (folder / "workbooks" / "of-ana" / CHAPTER).read_text(encoding="utf-8")
    assert "Ana stops closing" in saved and "widget-view" not in saved


@pytest.mark.usefixtures("managers")
def test_who_calls_themselves_somebody_else_still_reads_and_writes_only_their_own_rows(database):
    """Whoever runs commands on a hub can set any name; the role with which they reach the database they cannot."""
    (about,) = ask(database, "SELECT DISTINCT company_id, manager_id FROM playbook_events")
    disguised = DatabaseJournal(as_role(database, "ben"), Key(*about, "ana"))
    assert disguised.read().events == []
    with pytest.raises(NotSaved, match="refuses"):
        disguised.append([new_event("answer", SUBJECT, "not hers", author="ana")])
    own = DatabaseJournal(as_role(database, "ana"), Key(*about, "ana"))
    assert [event.value for event in own.read().events] == ["Ana stops closing"]
