"""The example lender: real data, played through the whole loop."""
