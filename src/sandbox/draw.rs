//! Random numbers for ids, regIds and tokens: the system's, or with a seed the same ones after each reset.
//! Never for a secret of the sandbox itself: whoever knows the seed knows them.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};

/// From now on numbers are made from this seed, or from the system's random numbers. What was drawn before does not
/// come again before a reset, whatever the seed.
pub(super) fn set_seed(tx: &Transaction<'_>, seed: Option<u32>) -> rusqlite::Result<()> {
    tx.execute("UPDATE setting SET seed = ?1", [seed])?;
    Ok(())
}

/// The same numbers come again.
pub(super) fn reset(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute("UPDATE setting SET drawn = 0", [])?;
    Ok(())
}

fn seed(connection: &Connection) -> rusqlite::Result<Option<u32>> {
    connection.prepare_cached("SELECT seed FROM setting")?.query_row([], |row| row.get(0))
}

/// Whether numbers are made from a seed.
pub(crate) fn has_seed(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(seed(connection)?.is_some())
}

/// A source from the system's random numbers.
pub(crate) fn random_numbers() -> StdRng {
    StdRng::from_rng(&mut rand::rng())
}

/// A source for all that one call draws.
pub(crate) fn numbers(connection: &Connection) -> rusqlite::Result<StdRng> {
    let Some(seed) = seed(connection)? else { return Ok(random_numbers()) };
    let drawn: u32 = connection
        .prepare_cached("UPDATE setting SET drawn = drawn + 1 RETURNING drawn")?
        .query_row([], |row| row.get(0))?;
    let digest = Sha256::digest([seed.to_be_bytes(), drawn.to_be_bytes()].concat());
    Ok(StdRng::from_seed(digest.into()))
}

/// One value.
pub(crate) fn one<T>(connection: &Connection) -> rusqlite::Result<T>
where
    rand::distr::StandardUniform: rand::distr::Distribution<T>,
{
    Ok(numbers(connection)?.random())
}
