"""The digital ID as other software reads it: a signed credential and a signed list of statuses."""
