"""Views of figures kept under a name: a page with its days, province and order."""
