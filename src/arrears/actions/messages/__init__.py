"""Messages: words queued for people, and sent one by one, each under a permit asked for at the moment it goes."""
