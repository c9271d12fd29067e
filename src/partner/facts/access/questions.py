"""The SQL of `asking`, over what `visits` makes: `kept` are all page views of the days, `hits` those of persons with their visits."""

from partner.facts.access.agents import Verdict
from partner.facts.access.visits import DAY_OF

COUNTED = f"""
SELECT {DAY_OF.format("viewed_at")} AS day, count(*), count(*) FILTER (top),
  count(*) FILTER (begins), count(*) FILTER (begins AND (following IS NULL OR following > $timeout))
FROM (SELECT *, gap IS NULL OR gap > $timeout AS begins FROM hits) WHERE viewed_at >= $start AND viewed_at < $end GROUP BY day
"""  # noqa: S608
TOUCHED = f"""
SELECT {DAY_OF.format("first_at")} AS day, count(*) FROM (SELECT DISTINCT person, first_at FROM hits WHERE top)
WHERE first_at >= $start AND first_at < $end GROUP BY day
"""  # noqa: S608
BY_PAGE = """
SELECT page, sum(viewed)::BIGINT AS viewed, count(*) FILTER (first_at >= $start AND first_at < $end) AS touched
FROM (
  SELECT page, person, first_at, count(*) FILTER (viewed_at >= $start AND viewed_at < $end) AS viewed FROM hits
  GROUP BY page, person, first_at
)
GROUP BY page HAVING viewed > 0 OR touched > 0 ORDER BY viewed DESC, page
"""
ASIDE = "SELECT verdict, count(*) FROM kept WHERE viewed_at >= $start AND viewed_at < $end GROUP BY verdict"
APART_VIEWS = """
SELECT viewed_at, page, source, lists FROM kept WHERE verdict = $verdict AND viewed_at >= $start AND viewed_at < $end
ORDER BY viewed_at, page, source
"""
PAGE_COUNTS = f"""
SELECT page, count(*) AS viewed FROM kept
WHERE verdict = {Verdict.PERSON.value} AND viewed_at >= $start AND viewed_at < $end GROUP BY page ORDER BY viewed DESC, page
"""  # noqa: S608
POSTINGS = """
SELECT {posting} AS posting, viewed_at, count(*) FROM kept
WHERE verdict = {person} AND starts_with(page, '/') AND viewed_at >= $start AND viewed_at < $end
GROUP BY posting, viewed_at HAVING posting <> '' ORDER BY posting, viewed_at
"""
PAGE_VIEWS = """
SELECT viewed_at, page, visitor, first_at, named, source, posting, place FROM (
  SELECT *, {posting} AS posting, arg_min(visitor, viewed_at) OVER (PARTITION BY person, first_at) AS named,
    row_number() OVER (PARTITION BY viewed_at ORDER BY visitor, page, source) AS place FROM hits
)
WHERE viewed_at >= $start AND viewed_at < $end
  AND ($pages IS NULL OR list_contains($pages, page)) AND (NOT $top OR top)
  AND (NOT $of_postings OR posting <> '') AND ($posting = '' OR url_decode(posting) = $posting)
ORDER BY viewed_at, place LIMIT $limit OFFSET $offset
"""
OF_VISIT = """
SELECT viewed_at, page, visitor, first_at, named, source, '' AS posting, place FROM (
  SELECT *, arg_min(visitor, viewed_at) OVER (PARTITION BY person, first_at) AS named,
    row_number() OVER (PARTITION BY viewed_at ORDER BY visitor, page, source) AS place FROM hits
)
WHERE first_at = $start ORDER BY viewed_at, place
"""
LISTED_VISITS = """
SELECT first_at, max(viewed_at), arg_min(visitor, viewed_at) AS named, count(*) AS page_views, bool_or(top) AS touched FROM hits
WHERE first_at >= $start AND first_at < $end GROUP BY person, first_at
HAVING (NOT $top OR touched) AND (NOT $single OR page_views = 1) AND ($page = '' OR bool_or(page = $page))
ORDER BY first_at, named LIMIT $limit OFFSET $offset
"""
