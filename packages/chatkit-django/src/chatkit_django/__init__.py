"""A durable, private ChatKit backend as a reusable Django app."""
