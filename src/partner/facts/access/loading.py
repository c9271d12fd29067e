"""A load of access logs, as the procedure: read, judge, write the parts, and only then the rows. All files or none."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from partner.common.locks import file_lock
from partner.common.refusal import Fault, Refusal
from partner.facts.access import anchors, hours, lists, rules, store
from partner.facts.access.columns import Constants
from partner.facts.access.compacting import compact
from partner.facts.access.engine import connected
from partner.facts.access.expiring import Expiring
from partner.facts.access.expiring import path_of as expiring_path
from partner.facts.access.formats import named
from partner.facts.access.known import Known, Loaded, head_of, loaded_part, must_not_repeat
from partner.facts.access.reading import LogFile, shown
from partner.facts.access.spooling import Spool
from partner.facts.access.taking import COUNTED, Taking
from partner.facts.access.visitors import Visitors
from partner.facts.models.access import AccessBatch, AccessPart
from partner.ledger import clock, write
from partner.ledger.fields import from_microseconds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Say = Callable[[str], None]


def load(
    files: Sequence[Path], *, source: str = rules.OWN_SOURCE, layout: str = "", by: tuple[str, str],
    say: Say = lambda text: None,
) -> dict[str, Any]:  # fmt: skip
    """Takes logs of one source in, and says what was in them. Raises Refusal; then nothing was changed.

    Of a log that was loaded before only what has been added since is read; the same again adds nothing. Where one file
    is refused none is taken, and the refusal names what is wrong with each and which of them were good.
    """
    if layout:
        named(layout)
    with file_lock("access"), store.workplace() as work, connected(work) as engine:
        store.sweep(clock.now())
        loading = _Loading(_named(source), layout, by, work, engine, say)
        try:
            loading.take_all(files)
        except BaseException as error:
            loading.give_up()
            if _is_of_the_disk(error):
                message = "データフォルダーに書き込めません。空き容量と権限を確かめてください。"
                raise Refusal("cannot_write", message) from None
            raise
        loading.commit()
    compact()
    return loading.answer()


@dataclass
class _Taken:
    """What is to be recorded of one file."""

    batch: AccessBatch
    hours: set[int]
    parts: list[AccessPart]


class _Loading:
    def __init__(
        self, source: str, layout: str, by: tuple[str, str], work: Path, engine: "DuckDBPyConnection", say: Say
    ) -> None:
        self.source, self.layout, self.by, self.say = source, layout, by, say
        self._work, self._engine = work, engine
        self._visitors = Visitors(store.root() / "keys")
        self._now = clock.now()
        self._lists = lists.known(clock.last())
        self._taken: list[_Taken] = []
        self._files: list[dict[str, Any]] = []
        self._keys: list[str] = []

    def take_all(self, files: Sequence[Path]) -> None:
        """Reads all, also after one is refused, so that all that is wrong is said at once."""
        faults: list[Fault] = []
        good: list[Path] = []
        for path in files:
            try:
                self.take(path)
                good.append(path)
            except Refusal as refusal:
                faults += refusal.faults
        if faults:
            message = (
                "このファイルに問題はありません。同時に指定したほかのファイルが取り込めないため、取り込んでいません。"
            )
            raise Refusal.of([*faults, *(Fault("not_taken", message, file=shown(path)) for path in good)])

    def take(self, path: Path) -> None:
        """Reads one file; its parts are on disk afterwards."""
        file = LogFile(path)
        known = Known(self.source, [taken.batch for taken in self._taken])
        before = loaded_part(file, known, self.layout)
        key = secrets.token_hex(8)
        self._keys.append(key)
        spool = Spool(self._work / key)
        log = before.log if before else None
        taking = Taking(file, self.source, log.format if log else self.layout, self._visitors, self._lists, self._now)
        with Expiring(key) as expiring:
            taking.run(before.ends if before else 0, before.lines if before else 0, spool, expiring)
        if before is None:
            must_not_repeat(file, taking.minutes, taking.counts["lines"], known)
        self._tell(file, taking, before)
        if taking.counts["lines"]:
            batch = self._batch(key, taking, before)
            anchors.keep(key, taking.anchors)
            constants = Constants(self.source, batch.lists, key)
            parts = store.write(self._engine, spool, taking.pages, constants)
            self._taken.append(_Taken(batch, taking.hours, parts))
            self._keep_aside(key, taking.aside)
        else:
            expiring.path.unlink(missing_ok=True)

    def commit(self) -> None:
        """Records what was taken, in one transaction. Without anything new nothing is recorded, not even a tick."""
        if not self._taken:
            return
        with transaction.atomic():
            for taken in self._taken:
                write.record([taken.batch])
                if taken.batch.last_at is not None:
                    hours.record(self.source, taken.hours, taken.batch.last_at, self.by)
            write.record([part for taken in self._taken for part in taken.parts])

    def give_up(self) -> None:
        """Removes what was written for a load that is refused."""
        store.drop([part for taken in self._taken for part in taken.parts])
        for key in self._keys:
            for path in (expiring_path(key), anchors.path_of(key), _aside_path(key)):
                path.unlink(missing_ok=True)

    def answer(self) -> dict[str, Any]:
        """What `--json` prints."""
        totals: Counter[str] = Counter()
        for file in self._files:
            totals.update({name: file[name] for name in COUNTED})
        return {**{name: totals[name] for name in COUNTED}, "files": self._files}

    def _batch(self, key: str, taking: Taking, before: Loaded | None) -> AccessBatch:
        file, log = taking.file, before.log if before else None
        head_length, head_digest = head_of(file)
        counts = {name: taking.counts[name] for name in COUNTED}
        return AccessBatch(
            key=key, log=log.log if log else key, source=self.source, file_name=file.name[:200],
            format=taking.layout, head_length=head_length, head_digest=head_digest, starts=before.ends if before else 0,
            first_row=before.lines if before else 0, ends=file.ends, digest=file.digest, first_at=_instant(taking.first),
            last_at=_instant(taking.last), lists=rules.version(self._lists), by_name=self.by[0], by_role=self.by[1], **counts,
        )  # fmt: skip

    def _tell(self, file: LogFile, taking: Taking, before: Loaded | None) -> None:
        counts = {name: taking.counts[name] for name in COUNTED}
        state = "new" if before is None else "grown" if counts["lines"] else "known"
        self._files.append({"file": file.name, "state": state, **counts, "unfinished": bool(file.unfinished)})
        if state == "known":
            self.say(f"{file.name}：取込済みです。前に取り込んだときから増えた行はありません。")
        elif state == "grown":
            self.say(f"{file.name}：前に取り込んだ続きの{counts['lines']:,}行を読みました。")
        elif not counts["lines"]:
            self.say(f"{file.name}：行がありません。何も取り込んでいません。")
        if file.unfinished:
            self.say(f"{file.name}：最後の行が途中で終わっているため、その行は取り込んでいません。")
        if counts["malformed"]:
            message = f"形式に合わない行が{counts['malformed']:,}行ありました。数に入れず、見本を別に置きました。"
            self.say(f"{file.name}：{message}")

    def _keep_aside(self, key: str, lines: list[tuple[int, bytes]]) -> None:
        if lines:
            path = _aside_path(key)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(b"".join(b"%d\t%s\n" % (row + 1, text) for row, text in lines))


def _aside_path(key: str) -> Path:
    return store.root() / "aside" / f"{key}.txt"


def _named(source: str) -> str:
    name = source.strip().lower()
    if not name or len(name) > 120 or not name.isprintable():
        raise Refusal("bad_source", "ログの出所（--source）はホスト名で指定してください。120字までです。")
    return name


def _instant(second: int | None) -> datetime | None:
    return None if second is None else from_microseconds(second * 1_000_000)


def _is_of_the_disk(error: BaseException) -> bool:
    import duckdb

    return isinstance(error, (OSError, duckdb.IOException, duckdb.OutOfMemoryException))
