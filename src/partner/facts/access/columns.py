"""Page views as the columns of a part, in the store's order, and the digest over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.judging import Rows

SECOND = 1_000_000
_VISITORS_BITS, _SIGN, _NEVER = np.uint64(47), np.uint64(1 << 63), 2**62  # a day's seconds take 17 bits
# Rows keep their order on the way, as far as it is for the better: what holds is the digest, which sorts for itself.
# Texts go to the engine once and in one piece: it asks for each single value of a list whether it is one of another library's.
PAGES = """
CREATE OR REPLACE TABLE pages AS SELECT row_number() OVER () - 1 AS number, page FROM (SELECT unnest(string_split($pages, chr(10))) AS page)
"""
FROM_COLUMNS = """
SELECT viewed_at, visitor, CASE WHEN is_known_before THEN before END AS visitor_before, held.verdict, pages.page,
  $source AS source, $lists AS lists, $batch AS batch
FROM {held} AS held JOIN pages ON held.page = pages.number
"""
ORDER = "viewed_at, visitor, page, verdict, source, batch, visitor_before, lists"
DIGESTED = f"""
SELECT viewed_at, visitor, coalesce(visitor_before, 0) AS visitor_before, verdict::BIGINT AS verdict, concat_ws('\t', page,
  source, lists, batch, (visitor_before IS NOT NULL)::TINYINT::VARCHAR) AS text
FROM read_parquet($paths) ORDER BY {ORDER}
"""  # noqa: S608


@dataclass(frozen=True)
class Constants:
    """What is the same in all rows of a batch."""

    source: str
    lists: str
    batch: str


class Columns:
    """Makes columns of one batch's rows."""

    def __init__(self, pages: Sequence[str], constants: Constants) -> None:
        self._pages, self._constants = pages, constants
        order = sorted(range(len(pages)), key=pages.__getitem__)
        self._rank = np.empty(len(pages), np.int64)
        self._rank[order] = np.arange(len(pages))

    @property
    def texts(self) -> dict[str, str]:
        """What `PAGES` wants."""
        return {"pages": "\n".join(self._pages)}

    def of(self, rows: Rows) -> tuple[dict[str, NDArray[Any]], str]:
        """The columns that `FROM_COLUMNS` wants, and the digest over the rows."""
        order = self._order(rows)
        numbers = {
            "viewed_at": rows["second"][order] * SECOND,
            "visitor": rows["visitor"][order],
            "before": rows["before"][order],
            "is_known_before": rows["is_known_before"][order].astype(bool),
            "verdict": rows["verdict"][order].astype(np.int8),
            "page": rows["page"][order].astype(np.int64),
        }
        return numbers, self._digest(numbers)

    def _order(self, rows: Rows) -> NDArray[np.intp]:
        """By second, visitor, page and verdict. One number says the most of it; few rows are left for a closer look."""
        seconds, visitors = rows["second"], rows["visitor"]
        within = (seconds - seconds.min(initial=_NEVER)).astype(np.uint64)
        key = (within << _VISITORS_BITS) | ((visitors.view(np.uint64) ^ _SIGN) >> (np.uint64(64) - _VISITORS_BITS))
        order = np.argsort(key)
        same = np.flatnonzero(key[order[1:]] == key[order[:-1]])
        close = np.union1d(same, same + 1)
        chosen = rows[order[close]]
        keys = (chosen["verdict"], self._rank[chosen["page"]], chosen["visitor"], chosen["second"])
        order[close] = order[close][np.lexsort(keys)]
        return order

    def _digest(self, columns: Mapping[str, NDArray[Any]]) -> str:
        said = self._constants
        codes = columns["page"] * 2 + columns["is_known_before"]
        present = np.flatnonzero(np.bincount(codes))
        texts = []
        for number in present.tolist():
            parts = (self._pages[number // 2], said.source, said.lists, said.batch, str(number % 2))
            texts.append("\t".join(parts))
        order = sorted(range(len(texts)), key=texts.__getitem__)
        place = np.zeros(2 * len(self._pages), np.int64)
        place[present[order]] = np.arange(len(texts))
        before = np.where(columns["is_known_before"], columns["before"], 0)
        numbers = (columns["viewed_at"], columns["visitor"], before, columns["verdict"])
        return _digested(numbers, [texts[number] for number in order], place[codes])


def digest_of(found: Mapping[str, Any]) -> tuple[int, str]:
    """How many rows `DIGESTED` found, and the digest over them."""
    numbers = [np.ma.getdata(found[name]) for name in ("viewed_at", "visitor", "visitor_before", "verdict")]
    texts, codes = np.unique(np.ma.getdata(found["text"]).astype(object), return_inverse=True)
    return len(codes), _digested(numbers, texts.tolist(), codes)


def _digested(numbers: Sequence[NDArray[Any]], texts: Sequence[str], codes: NDArray[Any]) -> str:
    """SHA-256, column after column: whole numbers as eight bytes each, texts as those there are and which of them."""
    digest = sha256(f"{len(codes)}\n".encode())
    for column in (*numbers, codes):
        digest.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    digest.update("\n".join(texts).encode())
    return digest.hexdigest()
