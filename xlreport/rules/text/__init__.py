"""What the sentences say: a learned reader of claims, and the rules that read text. Pure, no I/O."""
