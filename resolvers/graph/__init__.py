"""The types and root fields of the graph, created from the declarations."""
