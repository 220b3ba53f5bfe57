//! Phone brands: which are OPPO's, and which certificate platform the others need.

use crate::failure::{Kind, Problem};

/// Brands with phones that an OPPO certificate reaches, as the app compares them, ignoring case.
pub(crate) const OPPO_BRANDS: [&str; 3] = ["oppo", "realme", "oneplus"];

/// Other brands, and the platform of the certificate that reaches them.
const OTHERS: &[(&str, &str)] = &[
    ("xiaomi", "Xiaomi"),
    ("redmi", "Xiaomi"),
    ("poco", "Xiaomi"),
    ("huawei", "Huawei"),
    ("honor", "Honor"),
    ("vivo", "vivo"),
    ("iqoo", "vivo"),
    ("meizu", "Meizu"),
    ("apple", "APNs"),
    ("iphone", "APNs"),
    ("ipad", "APNs"),
];

/// The certificate platform for phones of `brand`, any case; Google's for all that have none of their own.
pub(crate) fn platform_for(brand: &str) -> &'static str {
    let brand = brand.trim().to_lowercase();
    if OPPO_BRANDS.contains(&brand.as_str()) {
        return "OPPO";
    }
    OTHERS.iter().find(|(name, _)| *name == brand).map_or("FCM", |(_, platform)| platform)
}

/// The brand in lower case, if it is one of OPPO's.
pub(super) fn accept(brand: &str) -> Result<String, Problem> {
    let lower = brand.trim().to_lowercase();
    if OPPO_BRANDS.contains(&lower.as_str()) {
        return Ok(lower);
    }
    if lower.is_empty() {
        let hint = "give oppo, realme or oneplus, or leave it out";
        return Err(Problem::new(Kind::Empty, "the brand is empty", hint).at("--brand"));
    }
    let platform = platform_for(brand);
    Err(Problem::new(
        Kind::WrongBrand,
        format!("a phone of brand {brand:?} is not reached through OPPO; it needs a certificate of platform {platform}"),
        format!(
            "let the app choose the certificate by brand: OPPO's for oppo, realme and oneplus, one of platform \
             {platform} for this phone, with that platform's own token"
        ),
    )
    .at("--brand"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oppo_brands_are_taken_in_any_case() {
        for brand in ["oppo", "OPPO", "Realme", "OnePlus"] {
            assert_eq!(accept(brand).unwrap(), brand.to_lowercase());
        }
    }

    #[test]
    fn a_reg_id_of_another_brand_is_refused_with_the_platform_it_needs() {
        for (brand, platform) in [
            ("Xiaomi", "Xiaomi"),
            ("Redmi", "Xiaomi"),
            ("HUAWEI", "Huawei"),
            ("HONOR", "Honor"),
            ("vivo", "vivo"),
            ("iQOO", "vivo"),
            ("Meizu", "Meizu"),
            ("google", "FCM"),
            ("samsung", "FCM"),
            ("Apple", "APNs"),
        ] {
            let problem = accept(brand).unwrap_err();
            assert_eq!(problem.kind, Kind::WrongBrand);
            assert!(problem.message.ends_with(&format!("platform {platform}")), "{}", problem.message);
            assert_eq!(problem.place, "--brand");
        }
        assert_eq!(accept(" ").unwrap_err().kind, Kind::Empty);
    }
}
