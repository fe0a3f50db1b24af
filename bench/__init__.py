"""Measurements: each prints its ratio to a named floor that was measured in the same run."""
