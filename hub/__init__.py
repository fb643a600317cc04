"""The plain core of the hub, free of GraphQL and of HTTP."""
