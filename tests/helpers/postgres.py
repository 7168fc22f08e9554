"""A private PostgreSQL cluster for the tests: unix socket only, gone with its folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from congress.kernel.ids import new_id

_SYSTEM = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Return the folder of the newest server programs, or ``None`` where there are none."""
    found = [path.parent for path in _SYSTEM.glob("*/bin/initdb")]
    if not found and (initdb := shutil.which("initdb")):
        found = [Path(initdb).parent]
    return max(found, key=lambda path: float(path.parent.name or 0), default=None)


def _as_nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: become a user without rights there."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and give the URL of its database; stop and remove it at the end."""
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("the server programs of PostgreSQL are not installed")
    # A short path: a unix socket's name may have about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = _as_nobody()
    if user:
        os.chown(folder, user["user"], user["group"])
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=60, **user)

    options = (
        f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=30"
    )
    control = str(bin_folder / "pg_ctl")
    try:
        run(
            str(bin_folder / "initdb"),
            "--pgdata",
            str(data),
            "--username=congress",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        log = str(folder / "log")
        run(control, "start", "-w", "-D", str(data), "-l", log, "-o", options)
        yield f"postgresql+psycopg://congress@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            run(control, "stop", "-w", "-m", "immediate", "-D", str(data))
        shutil.rmtree(folder, ignore_errors=True)


def fresh_schema(url: str) -> str:
    """Create an empty schema in the database at ``url`` and return its name."""
    name = f"test_{new_id()}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return name
