from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tillitsrom.ledger"
    label = "ledger"

    def ready(self) -> None:
        """From here on a decision that gives time back opens its entry in the same transaction."""
        from tillitsrom.outcomes import hooks

        from .actions.entries import open_entries

        if open_entries not in hooks.decided:
            hooks.decided.append(open_entries)
