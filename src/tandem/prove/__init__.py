"""Who may, what is personal, and how any step can be proved afterwards."""
