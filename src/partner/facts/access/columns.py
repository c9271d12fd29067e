"""Page views as the columns of a part, in the store's order, and the digest over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.judging import Rows

SECOND = 1_000_000
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
        keys = (rows["verdict"].copy(), self._rank[rows["page"]], rows["visitor"].copy(), rows["second"].copy())
        rows = rows[np.lexsort(keys)]
        numbers = {
            "viewed_at": rows["second"] * SECOND,
            "visitor": rows["visitor"].copy(),
            "before": rows["before"].copy(),
            "is_known_before": rows["is_known_before"].astype(bool),
            "verdict": rows["verdict"].astype(np.int8),
            "page": rows["page"].astype(np.int64),
        }
        return numbers, self._digest(rows)

    def _digest(self, rows: Rows) -> str:
        said = self._constants
        present, codes = np.unique(rows["page"].astype(np.int64) * 2 + rows["is_known_before"], return_inverse=True)
        texts = []
        for number in present.tolist():
            parts = (self._pages[number // 2], said.source, said.lists, said.batch, str(number % 2))
            texts.append("\t".join(parts))
        order = sorted(range(len(texts)), key=texts.__getitem__)
        place = np.empty(len(texts), np.int64)
        place[order] = np.arange(len(texts))
        before = np.where(rows["is_known_before"], rows["before"], 0)
        numbers = (rows["second"] * SECOND, rows["visitor"], before, rows["verdict"])
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
