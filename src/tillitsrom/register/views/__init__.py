"""Pages of the register: thin functions that fetch through the gate, call an action and render."""
