"""Loading the population register from files: checked, sealed, exactly once."""
