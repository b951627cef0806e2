"""Pages about people: logging in, my own page, the public list of organisations, and what system administrators keep."""
