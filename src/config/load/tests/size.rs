//! Reading takes time in proportion to a file's size, whatever is in it.

use super::super::super::testing::World;
use super::super::load;

/// As many of these pieces as fit.
fn filled(length: usize, head: &str, piece: impl Fn(usize) -> String, tail: &str) -> String {
    let mut text = head.to_owned();
    let mut number = 0;
    loop {
        let piece = piece(number);
        if text.len() + piece.len() + tail.len() > length {
            return text + tail;
        }
        text += &piece;
        number += 1;
    }
}

fn shapes(length: usize) -> Vec<(&'static str, String)> {
    const PROFILE: &str = "[profile.a]\nregion = \"cn\"\n";
    const ONE_LINE: &str = "profile = { a = { region = \"cn\", certificate = [";
    let fill = |head: &str, piece: &dyn Fn(usize) -> String, tail: &str| filled(length, head, piece, tail);
    vec![
        ("unknown keys", fill("", &|n| format!("key_number_{n} = \"some value\"\n"), "")),
        ("unknown keys of a profile", fill(PROFILE, &|n| format!("k{n} = 1\n"), "")),
        ("profiles", fill("", &|n| format!("[profile.p{n}]\nregion = \"cn\"\n"), "")),
        (
            "certificates",
            fill(
                PROFILE,
                &|n| {
                    let id = n + 1;
                    format!(
                        "[[profile.a.certificate]]\nid = {id}\napp_id = \"x\"\napp_key = \"k\"\nmaster_secret = \"s\"\n"
                    )
                },
                "",
            ),
        ),
        ("the same key", fill("", &|_| "x = 1\n".into(), "")),
        ("headers", fill("", &|n| format!("[profile.p{n}.im.x.y]\n"), "")),
        ("what is no TOML", fill("", &|n| format!("[broken\nx{n} = \"a\n"), "")),
        ("one line", fill(ONE_LINE, &|n| format!("{{ id = {}, app_id = \"x\" }}, ", n + 1), "] } }\n")),
        ("one line of mistakes", fill(ONE_LINE, &|_| "{ id = 0, app_key = 1 }, ".into(), "] } }\n")),
        ("one array", fill("a = [", &|_| "1, ".into(), "]\n")),
        ("one header", fill("[", &|_| "secret ".into(), "\n")),
        ("one key", fill("", &|_| "k".into(), " = 1\n")),
        ("deep tables", fill("a", &|_| ".a".into(), " = 1\n")),
        ("deep braces", fill("", &|_| "secret = { ".into(), "\n")),
        ("secrets in a line", fill("", &|_| "secret = \"a\" ".into(), "\n")),
        ("comments", fill("", &|_| "# secret = \"a\" # x\n".into(), "")),
    ]
}

/// Nanoseconds that this thread has worked, however busy the machine is.
fn worked() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn four_times_the_file_takes_about_four_times_as_long() {
    let world = World::new();
    let time = |text: &str| {
        let found = world.opush_toml(text);
        let before = worked();
        drop(load(&world.paths, Some(&found)));
        worked() - before
    };
    for ((name, small), (_, large)) in shapes(48 * 1024).iter().zip(shapes(4 * 48 * 1024)) {
        let (small, large) = (time(small), time(&large));
        // Four for each byte, 16 for each pair of bytes.
        assert!(large < 9 * small.max(5_000_000), "{name}: {small} and {large} ns");
    }
}
