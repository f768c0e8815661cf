"""The counter: an officer registers the citizen who stands there."""
