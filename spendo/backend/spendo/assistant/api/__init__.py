"""HTTP of the assistant beside the chat itself."""
