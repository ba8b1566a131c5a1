"""What a run is worth knowing for: stocks and flows by group and month, and the indicators made of them."""
