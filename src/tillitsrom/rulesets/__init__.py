"""Agreement areas as data: which rules hold for cooperation between the parties, which form a case shall have and why,
and the local agreements that say how many days' notice, documents and minutes get."""
