"""Quarters and years: months side by side, earlier years, the fourth quarter within the annual report."""
