"""`make drill`: promises of docs/operations.md, each done to a portal of its own and measured."""
