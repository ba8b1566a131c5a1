"""The machine room: draws, fixed-point numbers, columns, calendar, ledger, folders; no domain words."""
