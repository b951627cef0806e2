"""The only modules that write cases, meetings, bodies and minutes."""
