//! What is odd about credentials before anybody is asked: pasted into the wrong place, or not whole.
//! Only what can be seen from the values; OPPO alone knows whether they are right.

use super::{Field, NewSecret, Value, Values};

/// Hex digits of a key of OPPO's, and of the IM app's secret key (tencent-im-push reference, section 5).
const KEY: usize = 32;
const IM_KEY: usize = 64;

/// The three of OPPO's console, which are never the same.
const KEYS: [Field; 3] = [Field::AppKey, Field::AppSecret, Field::MasterSecret];

/// What is odd about the value of this field, in one sentence; `other` gives the values of other fields, where known.
pub(crate) fn oddity<'a>(
    field: Field,
    value: &str,
    other: impl Fn(Field) -> Option<&'a str>,
) -> Option<String> {
    let word = field.row().word;
    let same = |one: &&Field| **one != field && other(**one) == Some(value);
    if KEYS.contains(&field)
        && let Some(same) = KEYS.iter().find(same)
    {
        let same = same.row().word;
        return Some(format!("{word} equals {same}; OPPO's console shows three different values"));
    }
    let digits = value.len();
    let hex = value.chars().all(|c| c.is_ascii_hexdigit());
    match field {
        Field::AppKey | Field::AppSecret | Field::MasterSecret
            if hex && digits >= KEY / 2 && digits != KEY =>
        {
            Some(format!("{word} has {digits} hex digits; a key of that form has {KEY}"))
        }
        Field::AppId if hex && digits == KEY => {
            Some(format!("{word} has the form of a key; OPPO's AppIds are numbers"))
        }
        Field::AppId if !value.chars().all(|c| c.is_ascii_digit()) => {
            Some(format!("{word} is not a number; OPPO's AppIds are numbers"))
        }
        Field::ImSecretKey if !hex || digits != IM_KEY => {
            Some(format!("{word} is not {IM_KEY} hex digits, as the IM console shows one"))
        }
        _ => None,
    }
}

/// The same of a value that was given, beside the others that were; `known` gives what the file has.
pub(crate) fn oddity_among(
    field: Field,
    values: &Values<NewSecret>,
    known: &impl Fn(Field) -> Option<String>,
) -> Option<String> {
    let given = |field: Field| match values.get(field)? {
        Value::Text(text) => Some(text.clone()),
        Value::Secret(secret) => secret.typed().map(str::to_owned),
        _ => None,
    };
    let texts: Vec<(Field, String)> =
        KEYS.into_iter().filter_map(|key| Some((key, given(key).or_else(|| known(key))?))).collect();
    let other = |wanted: Field| texts.iter().find(|(key, _)| *key == wanted).map(|(_, text)| text.as_str());
    oddity(field, &given(field)?, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_right_is_said_and_nothing_else() {
        const HEX: &str = "0123456789abcdef0123456789ABCDEF";
        let none = |_: Field| None;
        for (field, good) in [
            (Field::AppKey, HEX),
            (Field::MasterSecret, "BKaW0Iy7Zk4s0cwG"),
            (Field::AppSecret, "decade"),
            (Field::AppId, "30123456"),
            (Field::Name, "0123456789abcdef0"),
        ] {
            assert_eq!(oddity(field, good, none), None, "{good}");
        }
        let said = |field, value: &str| oddity(field, value, none).unwrap_or_default();
        assert!(said(Field::AppKey, &HEX[1..]).contains("31 hex digits"));
        assert!(said(Field::MasterSecret, &format!("{HEX}0")).contains("33 hex digits"));
        assert!(said(Field::AppId, HEX).contains("form of a key"));
        assert!(said(Field::ImSecretKey, HEX).contains("64 hex digits"));
        let key = |field| (field == Field::AppKey).then_some("same");
        assert!(oddity(Field::MasterSecret, "same", key).unwrap().contains("equals AppKey"));
        assert_eq!(oddity(Field::AppKey, "same", key), None, "a value is not compared with itself");
        assert!(oddity(Field::AppId, "same", key).unwrap().contains("not a number"));
    }
}
