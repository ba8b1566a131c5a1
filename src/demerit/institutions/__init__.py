"""What the regime does about what people do: detection, records, chains, exchange, scores and sanctions."""
