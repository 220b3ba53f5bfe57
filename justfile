# What a contributor needs, one word each.

# Everything that must hold before a change lands
ci:
    .ci/run

# The tests, installing what they need
test:
    tests/run

# The same, and what takes long: series of kills, all pairs of faults, many random cases, every language
test-all:
    tests/run --all

# Format and lint
lint:
    cargo fmt
    cargo clippy --all-targets --features external -- -D warnings

# Write generated files anew: schemas, completions, man pages, docs tables, snapshots
update:
    UPDATE_DOCS=1 INSTA_UPDATE=always cargo test

# Speed, as ratios
bench:
    benches/run
