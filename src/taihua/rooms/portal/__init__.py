"""What the house says to everybody, and asks everybody (门户·征求意见)."""
