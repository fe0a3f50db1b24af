"""Pages of the report, its figures and the board."""
