"""Pages of the ledgers: the lists, one row, the way in."""
