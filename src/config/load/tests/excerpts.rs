//! No problem of a broken configuration shows a value that may be a secret, however the file is broken.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::super::testing::World;
use super::super::super::{Environment, mask};
use super::super::load;
use crate::failure::Problem;

const SECRET: &str = "hunter2hunter2";

/// The ways to write a secret, and where else one may stand.
const WAYS: [&str; 17] = [
    "KEY = \"S\"",
    "KEY = 'S'",
    "KEY = \"\"\"\nS\n\"\"\"",
    "KEY = '''S'''",
    "KEY = { file = \"S\" }",
    "KEY = { env = \"S!\" }",
    "KEY = { env = \"NAME\" } # S",
    "KEY = { command = [\"pass\", \"S\"] }",
    "KEY = { command = [\n  \"curl\",\n  \"-u\",\n  \"S\",\n] }",
    "KEY = { command = \"curl S\" }",
    "KEY = { value = \"S\" }",
    "KEY = { env = \"NAME\", plain = \"S\" }",
    "KEY.file = \"S\"",
    "KEY.value = \"S\"",
    "KEY = S",
    "KEY = [\"S\"]",
    "# KEY = \"S\"",
];

/// A change of the text: where, in thousandths of what may be changed, and what.
#[derive(Clone, Debug)]
enum Change {
    Delete(usize),
    Insert(usize, &'static str),
    /// A line is there twice.
    Repeat(usize),
    /// Two neighbouring lines are joined.
    Join(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..1000_usize;
    let pieces = ["\"", "'", "{", "}", "[", "]", "=", ".", "#", ",", "\n", " ", "\\", "x", "\"\"\"", "你"];
    prop_oneof![
        at.clone().prop_map(Change::Delete),
        (at.clone(), prop::sample::select(pieces.to_vec())).prop_map(|(at, piece)| Change::Insert(at, piece)),
        at.clone().prop_map(Change::Repeat),
        at.prop_map(Change::Join),
    ]
}

/// The text with a change outside of the secrets themselves.
fn changed(text: &str, change: &Change) -> String {
    let inside =
        |at: usize| text.match_indices(SECRET).any(|(from, _)| from < at && at < from + SECRET.len());
    let lines = || text.char_indices().filter(|(_, c)| *c == '\n').map(|(at, _)| at);
    let pick = |places: Vec<usize>, at: &usize| places.get(at * places.len() / 1000).copied();
    let begins = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let boundaries = || text.char_indices().map(|(at, _)| at);
    let result = match change {
        Change::Delete(at) => {
            let free = |at: &usize| !inside(*at) && !inside(*at + 1);
            pick(boundaries().filter(free).collect(), at).map(|at| {
                let length = text[at..].chars().next().map_or(0, char::len_utf8);
                format!("{}{}", &text[..at], &text[at + length..])
            })
        }
        Change::Insert(at, piece) => pick(boundaries().filter(|at| !inside(*at)).collect(), at)
            .map(|at| format!("{}{piece}{}", &text[..at], &text[at..])),
        Change::Repeat(at) => pick(lines().collect(), at).map(|end| {
            let line = &text[begins(end)..=end];
            format!("{}{line}{}", &text[..=end], &text[end + 1..])
        }),
        Change::Join(at) => {
            pick(lines().collect(), at).map(|end| format!("{}{}", &text[..end], &text[end + 1..]))
        }
    };
    result.unwrap_or_else(|| text.to_owned())
}

fn configuration(master: &str, app: &str, key: &str) -> String {
    let write = |way: &str, key: &str| way.replace("KEY", key).replace('S', SECRET);
    let write = |way: &str, key: &str| match way.strip_prefix("# KEY") {
        // A key that is left in a comment, and one that is needed.
        Some(_) => format!("{}\n{key} = {{ env = \"NAME\" }}", write(way, key)),
        None => write(way, key),
    };
    format!(
        "default_profile = \"a\"\n\n[profile.a]\nregion = \"cn\"\n\n[profile.a.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\n\
         {}\n\n[[profile.a.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"k\"\n{}\n{}\nchannel_id = \"c\"\n",
        write(key, "secret_key"),
        write(master, "master_secret"),
        write(app, "app_secret"),
    )
}

/// Everything that is said of the file.
fn said(world: &World, text: &str) -> String {
    let found = world.opush_toml(text);
    let (problems, difference) = match load(&world.paths, Some(&found)) {
        Err(failure) => (failure.into_problems(), String::new()),
        Ok(read) => {
            let unresolved = read.unresolved(&Environment::default(), |_| true);
            // Only what can be read is ever compared with its change.
            (read.warnings.into_iter().chain(unresolved).collect(), mask::masked(text))
        }
    };
    let said = |one: &Problem| format!("{}\n{}\n{}\n{}\n", one.place, one.message, one.hint, one.excerpt);
    problems.iter().map(said).chain([difference]).collect()
}

#[test]
fn the_files_without_a_change_are_read_or_refused_without_the_secret() {
    let world = World::new();
    for way in WAYS {
        let said = said(&world, &configuration(way, way, way));
        assert!(!said.contains(SECRET), "{way}:\n{said}");
    }
}

proptest! {
    // The same cases each time: a rare way to break a key beyond recognition is no reason for another change to fail.
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]
    #[test]
    fn no_excerpt_and_no_difference_of_a_broken_file_shows_a_secret(
        ways in prop::array::uniform3(prop::sample::select(WAYS.to_vec())),
        changes in prop::collection::vec(change(), 0..4),
    ) {
        thread_local!(static WORLD: World = World::new());
        let whole = configuration(ways[0], ways[1], ways[2]);
        let text = changes.iter().fold(whole, |text, change| changed(&text, change));
        let said = WORLD.with(|world| said(world, &text));
        prop_assert!(!said.contains(SECRET), "{text}\n---\n{said}");
    }
}
