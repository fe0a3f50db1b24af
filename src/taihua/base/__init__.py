"""The ground: no tables, knows only Django."""
