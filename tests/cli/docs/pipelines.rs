//! The pipelines of docs/ci.md: their files are written, and their command lines run, with a sandbox in OPPO's place.

use std::collections::BTreeSet;

use super::pages::{Block, blocks, documents};
use super::words;
use crate::harness::Home;

fn page() -> Vec<Block> {
    let page = documents().into_iter().find(|page| page.name == "docs/ci.md").unwrap();
    blocks(&page.text).unwrap()
}

/// The file that a block's first line names.
fn file(block: &Block) -> Option<&str> {
    block.lines.first()?.strip_prefix("# ")
}

/// The `opush` command lines of a pipeline: `run: opush …` and `- opush …`.
fn commands(block: &Block) -> Vec<String> {
    let lines = block.lines.iter().map(|line| line.trim());
    let lines = lines.filter_map(|line| line.strip_prefix("run: ").or(line.strip_prefix("- ")));
    lines.filter(|line| line.starts_with("opush ")).map(str::to_owned).collect()
}

/// Variables that the pipeline itself sets: `NAME: value`.
fn variables(block: &Block) -> Vec<(String, String)> {
    let pair = |line: &String| {
        let (name, value) = line.trim().split_once(": ")?;
        let fits = name.starts_with("OPUSH_") && !value.contains("${{");
        fits.then(|| (name.to_owned(), value.trim_matches('"').to_owned()))
    };
    block.lines.iter().filter_map(pair).collect()
}

/// A machine with the page's files, its real profile led to the sandbox, and the test phone.
fn home(blocks: &[Block]) -> Home {
    let mut home = Home::new();
    for block in blocks.iter().filter(|block| block.kind == "toml") {
        let name = file(block).expect("a file's name");
        home.write(name, block.lines.join("\n").replace("region = \"cn\"", "region = \"sandbox\""));
    }
    home.set("OPUSH_STAGING_MASTER_SECRET", "a-secret-of-the-ci-system");
    let (code, phone) = home.json(&["sandbox", "phone", "add", "--name", "test"]);
    assert_eq!(code, 0, "{phone:#}");
    home.set("OPUSH_REG_ID", phone["reg_id"].as_str().unwrap());
    home
}

#[test]
fn both_pipelines_run_green() {
    let blocks = page();
    let pipelines: Vec<&Block> = blocks.iter().filter(|block| block.kind == "yaml").collect();
    assert_eq!(pipelines.iter().filter_map(|block| file(block)).count(), 2);
    let mut said = Vec::new();
    for pipeline in pipelines {
        let home = home(&blocks);
        let found = commands(pipeline);
        assert_eq!(found.len(), 4, "{found:#?}");
        for command in &found {
            let line = words::split(command).unwrap();
            let args: Vec<&str> = line.words[1..].iter().map(String::as_str).collect();
            // The job of the sandbox has no profile of its own.
            let own = !command.contains("sandbox.toml");
            let mut set = variables(pipeline);
            set.retain(|(name, _)| own || name != "OPUSH_PROFILE");
            home.run_with_variables(&args, &set).expect(0);
            assert!(!command.contains("--junit") || home.read("push.xml").contains("failures=\"0\""));
        }
        said.push(found.into_iter().collect::<BTreeSet<_>>());
    }
    assert_eq!(said[0], said[1], "both say the same");
}

#[test]
fn a_missing_secret_and_a_broken_push_make_them_red() {
    let blocks = page();
    let mut home = home(&blocks);
    home.set("OPUSH_STAGING_MASTER_SECRET", "");
    let run = ["smoke", "run", "smoke/staging.toml", "--profile", "staging"];
    home.run(&run).expect(3);
    home.set("OPUSH_STAGING_MASTER_SECRET", "a-secret-of-the-ci-system");
    home.run(&["sandbox", "phone", "set", "test", "--registered", "off"]).expect(0);
    home.write(
        "smoke/staging.toml",
        home.read("smoke/staging.toml").replace("status = \"refused\"", "code = 67"),
    );
    let ran = home.run(&run).expect(8);
    assert!(ran.stdout.contains("smoke/staging.toml:17 expects refused 67"), "{ran}");
}
