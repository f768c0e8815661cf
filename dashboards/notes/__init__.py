"""Notes on days: a holiday, an outage, a campaign, beside the figures of those days."""
