//! A flag that takes one of the words of an enum.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use strum::{EnumMessage, VariantArray};

/// The words, each with its variant's documentation as its help.
pub(crate) fn one_of<T>() -> impl TypedValueParser<Value = T>
where
    T: VariantArray + EnumMessage + FromStr + Into<&'static str> + Copy + Send + Sync,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    // As clap does with the text of its own flags.
    let about = |one: &T| one.get_documentation().map(|text| text.trim_end_matches('.'));
    let value = |one: &T| PossibleValue::new((*one).into()).help(about(one));
    PossibleValuesParser::new(T::VARIANTS.iter().map(value)).try_map(|word| word.parse())
}

/// Some words of an enum, without help of their own.
pub(crate) fn words<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: FromStr + Clone + Send + Sync + 'static,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse())
}
