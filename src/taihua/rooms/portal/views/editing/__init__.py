"""What drafters, reviewers and issuers do."""
