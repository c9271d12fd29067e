"""A survey's blocks: how it was asked, tabulated, compared, and what may be said of it."""
