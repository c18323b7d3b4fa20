"""The practice register: what the trade does and what is refused, where each lives, which test proves it."""
