"""Page views: too many for rows of the ledger, so they lie in a columnar store beside it, under the same cuts.

The way of a log: `reading` (bytes → complete lines) → `parsing` (line → request → what it counts as) → `spooling`
→ `store` (Parquet per JST day, on disk before its row) → `visits` (DuckDB) → `asking`, which is all that others call.
"""
