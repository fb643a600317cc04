"""What the graph looks like: entities, their values, edges and look-ups, as data."""
