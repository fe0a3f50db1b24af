"""演示区: an invented district with the years it has lived, for trying the house out."""
