"""``watch``: a report checked again at every save, whatever program saves it; nothing here knows one."""
