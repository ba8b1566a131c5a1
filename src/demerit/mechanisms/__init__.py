"""What happens to people and what they do: one file a family of situations, and choice and learning."""
