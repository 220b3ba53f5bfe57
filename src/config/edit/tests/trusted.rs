//! What an edit does to the trust in a file.

use super::*;

#[test]
fn a_trusted_file_stays_trusted_when_opush_changes_it() {
    let world = World::new();
    let found = world.opush_toml(SAMPLE);
    for trust in [Trust::Commands, Trust::Granted] {
        let before = std::fs::read(&found.path).unwrap();
        trust::remember(&world.paths, &found.path, &[&digest(&before)], trust).unwrap();
        let other = if trust == Trust::Granted { [id(1), id(2)] } else { [id(7005), id(1)] };
        // However the change names the file.
        let named = Found { how: How::Flag, ..found.clone() };
        let (_, edited) =
            edit(&world.paths, &named, |draft| draft.renumber("demo", other[0], other[1])).unwrap();
        assert_eq!(trust::recorded(&world.paths, &found.path, edited.after.as_bytes()), trust);
    }
    let other = World::new();
    let found = other.opush_toml(SAMPLE);
    let (_, edited) = edit(&other.paths, &found, |draft| draft.renumber("demo", id(7005), id(1))).unwrap();
    assert_eq!(trust::recorded(&other.paths, &found.path, edited.after.as_bytes()), Trust::Withheld);
}

#[test]
fn a_file_that_opush_makes_is_trusted_from_the_start() {
    let world = World::new();
    let found = Found { how: How::Flag, ..world.opush_toml("") };
    std::fs::remove_file(&found.path).unwrap();
    let new = values([(Field::Region, text_value("cn"))]);
    let (_, edited) = edit(&world.paths, &found, |draft| draft.add_profile("demo", &new)).unwrap();
    assert_eq!(trust::recorded(&world.paths, &found.path, edited.after.as_bytes()), Trust::Granted);
}
