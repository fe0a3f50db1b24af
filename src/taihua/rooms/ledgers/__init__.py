"""台账: a ledger is a view of what is on record; import and export are its two directions."""
