"""Finds what somebody did to the log behind the portal's back."""

from audit.inspection.findings import Finding, Kind
from audit.inspection.walk import inspect

__all__ = ["Finding", "Kind", "inspect"]
