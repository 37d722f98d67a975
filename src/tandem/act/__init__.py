"""What people and other systems do about decisions: cases, webhooks."""
