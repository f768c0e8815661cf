"""How many bits a face's code has: its maker and the table that keeps it agree on that."""

BITS = 512
