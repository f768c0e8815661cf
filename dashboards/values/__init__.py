"""Targets of the figures and the limits of their alerts: what holds, and what it is told by."""
