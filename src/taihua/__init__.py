"""Taihua 苔花: a public body runs itself as a learning organisation, on its records."""
