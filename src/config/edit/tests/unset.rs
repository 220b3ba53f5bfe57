//! Taking values out again.

use super::*;

#[test]
fn a_value_that_was_put_in_can_be_taken_out_again_in_every_layout() {
    for text in layouts() {
        for (field, value) in
            [(Field::MultiDevice, text_value("several")), (Field::ReportsComplete, Value::Bool(true))]
        {
            let (with, _) = apply(&text, |draft| draft.edit_profile("demo", &values([(field, value)]), &[]));
            let (without, _) = apply(&with, |draft| draft.edit_profile("demo", &Values::default(), &[field]));
            assert_eq!(without.trim_end(), text.trim_end(), "{field:?}");
        }
    }
}

#[test]
fn every_optional_value_of_a_certificate_can_be_taken_out() {
    for text in layouts() {
        for field in [Field::Name, Field::AppSecret, Field::ChannelId, Field::Click, Field::SavedAt] {
            let key = field.row().key;
            let has = |text: &str| text.contains(&format!("{key} ="));
            let was = has(&text);
            let (after, _) = apply(&text, |draft| {
                let restarted =
                    draft.edit_certificate("demo", id(7005), &Values::default(), &[field], now())?;
                assert_eq!(restarted, was && field.is_at_im_server(), "{field:?}");
                Ok(())
            });
            assert!(!has(&after), "{key}: {after}");
            assert!(was || after == text, "{key}: {after}");
        }
        // Taken out, it is not written anew by what begins the ten minutes.
        let (after, _) = apply(&text, |draft| {
            let unset = [Field::ChannelId, Field::SavedAt];
            draft.edit_certificate("demo", id(7005), &Values::default(), &unset, now()).map(drop)
        });
        assert!(!after.contains("saved_at"), "{after}");
    }
}

#[test]
fn the_side_of_the_im_server_can_be_taken_out_in_part_and_whole() {
    let im = values([
        (Field::ImSdkAppId, Value::Number(1_400_000_001)),
        (Field::ImAdmin, text_value("administrator")),
        (Field::ImSecretKey, Value::Secret(SecretRef::Env("K".into()))),
        (Field::ImEndpoint, text_value("https://im.example.com")),
    ]);
    for text in layouts() {
        let (with, _) = apply(&text, |draft| draft.edit_profile("demo", &im, &[]));
        let (part, configuration) =
            apply(&with, |draft| draft.edit_profile("demo", &Values::default(), &[Field::ImEndpoint]));
        assert!(configuration.profiles[0].im.is_some() && !part.contains("im.example.com"), "{part}");
        let (whole, configuration) =
            apply(&with, |draft| draft.edit_profile("demo", &Values::default(), Field::IM));
        assert!(configuration.profiles[0].im.is_none() && !whole.contains("administrator"), "{whole}");
    }
}
