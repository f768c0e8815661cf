"""The figures of the overview by e-mail, once a morning, to those who asked for it."""
