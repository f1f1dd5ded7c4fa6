"""Open spreadsheets: functions in cells, buttons, and what brings them into the program."""
