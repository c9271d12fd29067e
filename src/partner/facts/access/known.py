"""Whether a log was loaded before, and up to where: by the digest of its head and its source."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from partner.common.refusal import Refusal
from partner.facts.access.reading import HEAD, LogFile
from partner.facts.models.access import AccessBatch


def batches_of(source: str, more: Sequence[AccessBatch]) -> list[AccessBatch]:
    """What was taken from logs of this source, and what this load is about to take."""
    return [*AccessBatch.objects.believed().filter(source=source).order_by("id"), *more]


def loaded_part(file: LogFile, batches: Iterable[AccessBatch]) -> AccessBatch | None:
    """The last batch of the log that this file is; None where it is new.

    Raises Refusal for a file that begins like a loaded log and goes on otherwise, or ends before what was loaded.
    """
    logs: dict[str, list[AccessBatch]] = defaultdict(list)
    for batch in batches:
        logs[batch.log].append(batch)
    for chain in logs.values():
        chain.sort(key=lambda batch: batch.ends)
        if _has_head(file, chain[-1]):
            return _same_or_grown(file, chain)
    return None


def head_of(file: LogFile) -> tuple[int, str]:
    """Length and digest of the head: the first 4 KiB, or as much of what was taken as there is."""
    length = min(HEAD, file.ends)
    return length, hashlib.sha256(file.head[:length]).hexdigest()


def _has_head(file: LogFile, batch: AccessBatch) -> bool:
    if len(file.head) < batch.head_length:
        return False
    return hashlib.sha256(file.head[: batch.head_length]).hexdigest() == batch.head_digest


def _same_or_grown(file: LogFile, chain: list[AccessBatch]) -> AccessBatch:
    digests = file.digests_at([batch.ends for batch in chain])
    last = chain[-1]
    if last.ends not in digests:
        message = "前に取り込んだときより短くなっています。途中までの写しか、書き換えられたログです。全体のあるファイルを指定してください。"
        raise Refusal("shorter", message, file=file.name)
    if digests[last.ends] != last.digest:
        message = "前に取り込んだ部分と内容が違います。書き換えられたログは取り込めません。別のサーバーのログなら --source を指定してください。"
        raise Refusal("rewritten", message, file=file.name)
    return last
