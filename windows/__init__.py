"""How xlreport gets onto a Windows machine: the installer (``build``), and the folder of wheels with its script (``install``)."""
