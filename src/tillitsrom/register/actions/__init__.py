"""The only writers of the register: documents (upload to publication), review (candidates), requirements (their lives)."""
