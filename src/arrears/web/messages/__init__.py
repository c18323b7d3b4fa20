"""Messages: batches made from a template, how far each is, which rules hold it up, and stopping it."""
