"""Specimens: made-up people, their cards drawn and photographed, their selfies. The test kit."""
