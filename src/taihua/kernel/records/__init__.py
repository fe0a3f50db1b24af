"""台账之本: append-only statements of who did what; one door in, queries out."""
