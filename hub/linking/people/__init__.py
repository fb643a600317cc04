"""Which records of deputies are of one person."""
