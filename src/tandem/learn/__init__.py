"""What really happened, and what follows: data sets, training, evaluation."""
