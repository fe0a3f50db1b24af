"""What there is to see: ledgers and their rows; what an import would do."""
