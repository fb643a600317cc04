"""GraphQL over HTTP: how a request is read, how long it may take, how its answer is sent."""
