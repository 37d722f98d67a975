"""What happened: events, the journal, features, the lake, metrics."""
