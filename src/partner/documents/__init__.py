"""Renders blocks (heading, table, chart, note) as PDF, HTML and canonical JSON; knows nothing of the domain."""
