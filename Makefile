# Everything here is one plain command as well: python3 scripts/bootstrap.py run (test, check, install)
PYTHON ?= python3

.PHONY: run test check install

run test check install:
	@$(PYTHON) scripts/bootstrap.py $@
