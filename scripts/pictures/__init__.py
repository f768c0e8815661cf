"""Pictures of the running portal: README.md's, and those of the guides."""
