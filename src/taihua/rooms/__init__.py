"""The rooms: one for each group of mechanisms; none knows another."""
