# From a plain clone: `make demo` shows the whole job, `make test` passes the tests. Each sets up .venv by itself.

.PHONY: demo test libreoffice

# Only what the program needs at run time.
demo:
	python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/xlreport demo

test:
	python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/python -m pytest

# What the tests with a real LibreOffice need, on Debian and Ubuntu; where all of it is there, nothing is asked of the network.
OFFICE = libreoffice-calc libreoffice-writer python3-uno poppler-utils fonts-noto-cjk \
	libreoffice-script-provider-python xvfb openbox xdotool imagemagick
APT = $(shell [ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive apt-get -qq

libreoffice:
	@[ "$$(dpkg-query -W -f='$${db:Status-Abbrev}\n' $(OFFICE) 2>/dev/null | grep -c '^ii')" = $(words $(OFFICE)) ] \
	|| { $(APT) update && $(APT) install -y --no-install-recommends $(OFFICE) >/dev/null; }
