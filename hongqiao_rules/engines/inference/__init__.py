"""The inference engine: a living case in durable-rules."""
