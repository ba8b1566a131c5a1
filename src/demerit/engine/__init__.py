"""The machine room: draws, fixed-point numbers, columns, calendar, ledger, checkpoints, folders; no domain words in here."""
