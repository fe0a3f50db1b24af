"""Packed files: .zip itself, and .docx, .xlsx and .epub, which are packed the same way."""

import zlib
from zipfile import BadZipFile

# What opening or reading one raises where it is damaged, locked, or packed in a way nobody knows.
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
