"""What must hold: the rule catalogue. Each module holds one family of rules."""
