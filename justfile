# What a contributor needs, one word each.

# Everything that must hold before a change lands
ci:
    .ci/run

# Every test, setting up what they need
test:
    tests/run

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
