"""A run is one response of the server in a thread, from the request to its end: a task of its own,
and the HTTP responses are readers of its events."""
