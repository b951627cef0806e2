"""What becomes of things: decisions, requests to the owners of requirements, hindrances in law, and new reporting duties.

Nothing is decided without an outcome and a reason, and silence from an owner is shown as silence.
"""
