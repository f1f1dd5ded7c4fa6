"""Office packages edited as what they are, zips of XML parts: what is not touched stays byte for byte. Knows no report and no form."""
