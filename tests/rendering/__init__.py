"""Reports drawn as published documents, in every variation met in print: what the readers must read back."""
