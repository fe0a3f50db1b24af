"""The walls that carry: who is who, what was recorded, what is ruled, what is owed."""
