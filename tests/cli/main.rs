//! Drives the binary as a person or a script would: one module per command, over real loopback sockets.

mod app_everywhere;
mod bad_input;
mod bad_input_batch;
mod batch;
mod broadcast;
mod ca_file;
mod canary;
mod cert;
mod cert_import;
mod click;
mod click_app;
mod click_app_files;
mod completions;
mod concurrency;
mod config;
mod current_profile;
mod demo;
mod device;
mod diagnose;
mod docs;
mod doctor;
mod explain;
#[cfg(feature = "external")]
mod external;
mod external_snippet;
mod external_usersig;
mod following;
mod full_disk;
mod globals;
mod harness;
mod history;
mod history_filters;
mod history_follow;
mod history_keep;
mod history_resend;
mod hostile;
mod im;
mod import_crowd;
mod inputs;
mod kills;
mod languages;
mod leftovers;
mod lint;
mod listeners;
mod lists;
mod masks;
mod messages;
mod oppo;
mod oppo_admin;
mod presence;
mod presence_im;
mod processes;
mod profile;
mod profile_prompts;
mod prompts;
mod proxies;
mod raw;
mod receipt;
mod sandbox;
mod sandbox_calls;
mod sandbox_clock;
mod sandbox_fault;
mod sandbox_kills;
mod sandbox_made;
mod sandbox_page;
mod sandbox_play;
mod sandbox_release;
mod sandbox_run;
mod sandbox_session;
mod sandbox_tls;
mod schemas;
mod secrets;
mod secrets_im;
mod send;
mod send_dry_run;
mod send_presence;
mod send_user;
mod send_wait;
mod smoke;
mod snippet;
mod snippet_check;
mod team;
mod tls_relay;
mod token;
mod token_bulk;
mod waits;

/// What every remedy must be.
#[path = "../remedy.rs"]
mod remedy;

/// A vendor of raw sockets, the same as in the client's own tests.
#[path = "../vendor.rs"]
mod vendor;

/// A module that exists as a file but is not named above would never run.
#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module =
            path.is_dir() && path.join("mod.rs").exists() || path.extension().is_some_and(|e| e == "rs");
        if is_module && name != "main" {
            assert!(named.contains(&format!("mod {name};")), "tests/cli/{name} is not in main.rs");
        }
    }
}
