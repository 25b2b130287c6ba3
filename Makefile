# LAN=1 make run serves phones on the local network as well.
# Everything here is one plain command as well: python3 scripts/bootstrap.py run (test, check, measure, screenshots, install)
PYTHON ?= python3

.PHONY: run test check measure screenshots install

run test check measure screenshots install:
	@$(PYTHON) scripts/bootstrap.py $@
