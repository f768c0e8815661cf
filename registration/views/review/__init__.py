"""The officers' pages: the queue of the office, a case, its pictures, a decision."""
