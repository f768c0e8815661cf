"""Finding faces, telling them apart, and telling a person from a picture of one."""
