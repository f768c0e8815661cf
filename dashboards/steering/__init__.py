"""Changing targets and the limits of alerts: by two administrators, with a preview."""
