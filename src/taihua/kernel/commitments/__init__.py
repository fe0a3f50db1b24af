"""一事一诺: somebody owes something particular by a day; closed by a record, never by a tick."""
