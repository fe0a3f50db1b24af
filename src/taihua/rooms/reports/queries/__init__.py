"""What the report, the figure pages and the board show."""
