"""Pure computing: data in, data out; no Django, no clock, no database."""
