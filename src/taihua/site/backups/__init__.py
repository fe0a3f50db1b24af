"""The whole house in one file: every table as lines of JSON, every file, and a hash of each.

The same file restores into SQLite and into PostgreSQL, and needs no program of either.
"""
