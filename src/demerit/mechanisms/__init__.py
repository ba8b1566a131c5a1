"""What happens to people and what they do about it: one file a family of situations, with choice, anticipation and learning."""
