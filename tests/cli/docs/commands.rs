//! Runs the command lines of README.md and docs/, each page in a fresh home, its blocks in order, without any network
//! but loopback. How a block is read belongs to `session`.

use super::at_terminal;
use super::likeness::Learned;
use super::pages::{Page, blocks, documents};
use super::session::{Compared, Step, steps};
use crate::harness::Home;

/// Pages that need a command which is still to come.
const NOT_YET: &[&str] = &[];

/// Every kind of block that a document may have. One that is not listed would silently not be run.
const KINDS: &[&str] = &[
    "console",
    "console check",
    "console like",
    "console asked",
    "text",
    "sh",
    "toml",
    "json",
    "xml",
    "java",
    "kotlin",
    "python",
    "go",
    "js",
    "http",
    "yaml",
];

#[test]
fn the_command_lines_in_the_documents_run() {
    let mut faults = Vec::new();
    let mut run = 0;
    for page in documents().iter().filter(|page| !NOT_YET.contains(&page.name.as_str())) {
        match steps_of(page) {
            Ok(steps) => {
                let home = Home::new();
                let mut learned = Learned::default();
                faults.extend(steps.iter().filter_map(|step| fault(&home, step, page, &mut learned)));
                run += steps.len();
            }
            Err(reason) => faults.push(format!("{}: {reason}", page.name)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(run > 0, "no document has a command line");
}

#[test]
fn the_blocks_of_every_document_can_be_read() {
    let faults: Vec<String> = documents()
        .iter()
        .filter_map(|page| steps_of(page).err().map(|reason| format!("{}: {reason}", page.name)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_runnable_page_is_on_the_list_of_pages_to_run_later() {
    let pages = documents();
    for name in NOT_YET {
        let page =
            pages.iter().find(|page| page.name == *name).unwrap_or_else(|| panic!("there is no page {name}"));
        let steps = steps_of(page).unwrap_or_default();
        let to_come = |step: &Step| Home::new().run(&[&step.command.words[1], "--help"]).code != 0;
        assert!(steps.iter().any(to_come), "every command of {name} is there: take it off NOT_YET");
    }
}

fn steps_of(page: &Page) -> Result<Vec<Step>, String> {
    let mut all = Vec::new();
    for block in blocks(&page.text)? {
        if !KINDS.contains(&block.kind.as_str()) {
            return Err(format!("line {}: a block of kind {:?} is unknown", block.line - 1, block.kind));
        }
        if block.kind.starts_with("console") {
            all.extend(steps(&block)?);
        }
    }
    Ok(all)
}

fn fault(home: &Home, step: &Step, page: &Page, learned: &mut Learned) -> Option<String> {
    let args: Vec<String> = step.command.words[1..].iter().map(|word| learned.of(word)).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let place = format!("{}:{}", page.name, step.at);
    if step.compared == Compared::Asked {
        let shown: Vec<&str> = step.output.iter().flat_map(|output| output.lines()).collect();
        return at_terminal::fault(home, &args, &shown, step.code).map(|fault| format!("{place}: {fault}"));
    }
    let ran = home.run_with_variables(&args, &step.command.variables);
    if ran.code != step.code {
        return Some(format!("{place}: exit code {} was expected\n{ran}", step.code));
    }
    // A home has another name each time; a document calls it as a person would see it.
    let mine = |text: &str| text.replace(home.path().to_string_lossy().as_ref(), "/home/me");
    let printed = mine(&format!("{}{}", ran.stdout, ran.stderr));
    let expected = step.output.as_ref()?;
    match step.compared {
        // Nobody can say which of the two came first.
        Compared::Likewise => {
            let other = mine(&format!("{}{}", ran.stderr, ran.stdout));
            let fault = learned.compare(expected, &other).err()?;
            learned.compare(expected, &printed).err().map(|_| format!("{place}: {fault}\nin\n{ran}"))
        }
        _ => (*expected != printed)
            .then(|| format!("{place}: this was expected\n{expected}and this was printed\n{printed}")),
    }
}
