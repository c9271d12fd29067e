"""PARTNER Center."""

__version__ = "0.1.0"
