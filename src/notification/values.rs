//! The vendor's numbered choices as types (OPPO reference, section 5).
//! Choices that only a broadcast has are refused where they are read.

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $meaning:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// The choice of a number on the wire.
            pub(crate) fn from_wire(number: i64) -> Option<Self> {
                match number { $($number => Some($name::$variant),)* _ => None }
            }

            /// The number on the wire.
            pub(crate) fn to_wire(self) -> i64 {
                match self { $($name::$variant => $number,)* }
            }

            /// The numbers and their meanings, for messages.
            pub(super) const CHOICES: &'static str = concat_choices!($($number $meaning),*);
        }
    };
}

macro_rules! concat_choices {
    ($number:literal $meaning:literal) => { concat!($number, " (", $meaning, ")") };
    ($number:literal $meaning:literal, $($rest:tt)+) => {
        concat!($number, " (", $meaning, "), ", concat_choices!($($rest)+))
    };
}

choice! {
    /// How the notification looks. Big picture (3) is for broadcasts, 4 belongs to the paid value-added API.
    Style {
        Standard = 1 "standard",
        /// Needs a ColorOS newer than 5.0.
        LongText = 2 "long text",
    }
}

choice! {
    /// How loudly it is shown; needs a category.
    NotifyLevel {
        Bar = 1 "notification centre",
        LockScreen = 2 "and lock screen",
        /// Needs a right that OPPO grants.
        Banner = 16 "and banner, vibration, sound",
    }
}

choice! {
    /// Over which network the phone may receive it.
    Network {
        Any = 0 "any network",
        WifiOnly = 1 "Wi-Fi only",
    }
}

choice! {
    /// When it may be shown.
    ShowTime {
        AtOnce = 0 "at once",
        Window = 1 "between show_start_time and show_end_time",
    }
}
