"""What the words of a report touch on, leave out or have kept from elsewhere. Pure, no I/O."""
