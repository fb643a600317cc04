"""How the graph is answered and written."""
