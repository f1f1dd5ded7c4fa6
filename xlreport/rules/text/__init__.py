"""What the sentences say: a small grammar of claims, and the rules that read text. Pure, no I/O."""
