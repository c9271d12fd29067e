# Short names only; ./partner and .ci/run do the work.
.PHONY: run test check lock

run:
	./partner run

test:
	./partner test

check:
	bash .ci/run

# Locks hold hashes and no addresses. Needs uv.
lock:
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.lock
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-test.in -c requirements.lock -o requirements-test.lock
