"""Page views: too many for rows of the ledger, so they lie in a columnar store beside it, under the same cuts.

The way of a log: `reading` (bytes → complete lines) → `scanning` (lines → numbers; `plain` or `compiled`) → `judging` (numbers →
page views, by `vocabulary`, `addresses`, `agents` and `rules`) → `spooling` → `columns` → `store` (Parquet per JST day, on disk
before its row). `known` tells what of a file was loaded before, `loading` is the whole procedure. Then `visits` (DuckDB), `counted`
(days counted and kept) and `asking`, which is all that others call. The portal's own pages come by `serving` and `collecting`.
"""
