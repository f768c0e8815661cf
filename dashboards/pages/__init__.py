"""What each page shows, as tiles and tables, out of counters alone."""
