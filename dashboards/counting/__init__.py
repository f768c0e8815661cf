"""Counters kept up to date from the log, and counted again from its beginning."""
