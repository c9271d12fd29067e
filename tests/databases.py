"""Fresh databases for tests that commit. The ledger's triggers refuse every flush, so such a test gets its own copy
of a migrated template: a file copy on SQLite, CREATE DATABASE ... TEMPLATE on PostgreSQL."""

import contextlib
import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
_numbers = itertools.count(1)


class LedgerDb:
    """A database of its own, with real commits, that threads and other processes may open as well."""

    def __init__(self, name: str, data: Path) -> None:
        self.name = name
        self.data = data

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{quote(self.name)}"
        values = connection.settings_dict
        password = f":{quote(values['PASSWORD'], safe='')}" if values["PASSWORD"] else ""
        user = f"{quote(values['USER'], safe='')}{password}@" if values["USER"] else ""
        port = f":{values['PORT']}" if values["PORT"] else ""
        socket = values["HOST"].startswith("/")
        host = f"/{quote(values['HOST'])}" if socket else f"{values['HOST']}{port}"
        return f"postgres://{user}{host}/{self.name}"

    @property
    def env(self) -> dict[str, str]:
        """The environment for a process that is to work on it."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "PARTNER_DATA": str(self.data),
            "SECRET_KEY": settings.SECRET_KEY,
            "SOURCE_KEY_SECRET": settings.SOURCE_KEY_SECRET,
        }

    def command(self, *words: object, **more: object) -> "subprocess.CompletedProcess[str]":
        """`./partner WORDS` on it, in a process of its own; the answer has returncode, stdout and stderr."""
        return subprocess.run(self._line(words), env=self.env, capture_output=True, text=True, check=False, **more)

    def start(self, *words: object) -> "subprocess.Popen[str]":
        """The same, still running."""
        pipe = subprocess.PIPE
        return subprocess.Popen(self._line(words), env=self.env, stdout=pipe, stderr=pipe, text=True)

    @staticmethod
    def _line(words: tuple[object, ...]) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *map(str, words)]


def examples(count: int) -> int:
    """How many examples a law is tried with: on PostgreSQL, where each asks a server many times, a quarter."""
    return count if connection.vendor == "sqlite" else -(-count // 4)


def make_template(folder: Path) -> str:
    """Keeps the freshly migrated test database as it is, and names the copy."""
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    if connection.vendor == "sqlite":
        template = str(folder / "template.sqlite3")
        _copy_sqlite(name, template)
    else:
        template = f"{name}_template"
        _create(template, name)
    return template


@contextlib.contextmanager
def fresh_copy(template: str, data: Path) -> Iterator[LedgerDb]:
    """Inside it, all of Django works on a copy of the template; it is dropped afterwards."""
    values = connection.settings_dict
    original = values["NAME"]
    if connection.vendor == "sqlite":
        name = str(data / "partner.sqlite3")
        shutil.copyfile(template, name)
    else:
        name = f"{template}_{next(_numbers)}"
        _create(name, template)
    _use(name)
    try:
        yield LedgerDb(name, data)
    finally:
        _use(original)
        drop(name)


class Stages:
    """What tests begin with, made once in a run: a database and its data folder as they were after a `make()`."""

    def __init__(self, migrated: str, folder: Path) -> None:
        self._migrated, self._folder = migrated, folder
        self._kept: dict[str, tuple[str, Path, Any]] = {}

    @contextlib.contextmanager
    def at(self, name: str, make: Callable[[], Any], data: Path) -> Iterator[Any]:
        """Inside it, all of Django works on a copy of the stage; gives what its `make()` had returned."""
        before = settings.DATA
        try:
            if name not in self._kept:
                self._make(name, make)
            template, files, returned = self._kept[name]
            shutil.copytree(files, data, dirs_exist_ok=True)
            settings.DATA = data
            with fresh_copy(template, data):
                yield returned
        finally:
            settings.DATA = before

    def _make(self, name: str, make: Callable[[], Any]) -> None:
        settings.DATA = self._folder / f"{name}-made"
        settings.DATA.mkdir()
        with fresh_copy(self._migrated, settings.DATA) as made:
            returned = make()
            self._kept[name] = (self._keep(made.name, name), settings.DATA, returned)

    def _keep(self, database: str, name: str) -> str:
        connections.close_all()
        if connection.vendor == "sqlite":
            template = str(self._folder / f"{name}.sqlite3")
            _copy_sqlite(database, template)
        else:
            template = f"{self._migrated}_{name}"
            _create(template, database)
        return template

    def drop(self) -> None:
        """Every stage goes."""
        for template, _, _ in self._kept.values():
            drop(template)


def drop(name: str) -> None:
    """Drops the database, whoever is still connected to it."""
    if connection.vendor == "sqlite":
        for path in (name, f"{name}-wal", f"{name}-shm"):
            Path(path).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name  # one dictionary for the connections of all threads


def _create(name: str, template: str) -> None:
    drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _copy_sqlite(source: str, target: str) -> None:
    """A copy in one file: what still stands in the write-ahead log goes with it."""
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.backup(new)
