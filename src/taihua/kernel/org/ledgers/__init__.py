"""The roster as ledgers: looking names up, and the stores of units, people, posts, terms, leave."""
