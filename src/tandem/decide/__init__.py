"""What to do: lists, models, policy, and the decision itself."""
