# Two commands: `make run` and `make test`. The rest are parts of them.
.PHONY: run test check e2e bench record gallery

run: ## Serve Spendo on http://127.0.0.1:8000 (PORT, SPENDO_DATA)
	@python3 scripts/setup.py run --then scripts/serve.py

test: ## Everything: lint, types, unit, contract, acceptance, browser
	@python3 scripts/setup.py test --then scripts/test.py all

check: ## The fast part: lint, types, import rules, TypeScript tests
	@python3 scripts/setup.py test --then scripts/test.py check

e2e: ## The browser tests alone
	@python3 scripts/setup.py test --then scripts/test.py e2e

gallery: ## Photograph every state of the chat into test-results/gallery
	@python3 scripts/setup.py test --then e2e/gallery.py

bench: ## Ratios against reference servers, in one interleaved run
	@python3 scripts/setup.py test --then scripts/test.py bench

record: ## Write protocol/recordings anew; look at the diff before committing it
	@python3 scripts/setup.py test --then scripts/test.py record
