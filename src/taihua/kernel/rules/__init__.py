"""制度: who must do what, how often, shown by which records; every verdict is derived."""
