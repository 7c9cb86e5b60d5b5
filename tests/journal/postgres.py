"""A real PostgreSQL server of the tests' own, which can be stopped and started again."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import postgresql_path


class Server:
    """A PostgreSQL server of its own, reached through a socket in its folder; run as nobody's where root may not."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, Path(postgresql_path())
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "kit", "--no-sync", "-E", "UTF8")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c unix_socket_directories= -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        argv = [str(self.programs / program), *arguments]
        subprocess.run(argv, cwd=self.folder, user=self.user, check=True, stdout=subprocess.DEVNULL)

    @property
    def url(self) -> str:
        return f"postgresql://kit@127.0.0.1:{self.port}/postgres"


@contextmanager
def a_server() -> Iterator[Server]:
    """A server that runs while the block does."""
    folder = Path(tempfile.mkdtemp(prefix="playbook-postgres-"))
    made = Server(folder)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)
