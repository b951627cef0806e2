"""The pages of signals: reporting and the receipt, the answer by code, the desk, and one signal."""
