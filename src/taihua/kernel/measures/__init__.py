"""Measures: every number shown anywhere is a named figure with its basis and its records."""
