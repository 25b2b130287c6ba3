# LAN=1 make run serves phones on the local network as well.
# Everything here is one plain command as well: python3 scripts/bootstrap.py run (test, check, measure, install)
PYTHON ?= python3

.PHONY: run test check measure install

run test check measure install:
	@$(PYTHON) scripts/bootstrap.py $@
