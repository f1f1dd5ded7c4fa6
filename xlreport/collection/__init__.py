"""Many reports: audit a folder, add up a district."""
