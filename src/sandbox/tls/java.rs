//! A trust store for Java: PKCS#12 (RFC 7292) with certificates alone, neither encrypted nor signed, for nothing in it is secret.

/// The DER tags that are used.
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const EXPLICIT_0: u8 = 0xa0;

/// Object ids, encoded.
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const CERT_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03];
const X509_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
/// Java takes a certificate for trusted only with this attribute: 2.16.840.1.113894.746875.1.1.
const TRUSTED_KEY_USAGE: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01, 0x01];
const ANY_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25, 0x00];

/// Each certificate in DER.
pub(super) fn trust_store(certificates: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let bags: Vec<u8> = certificates.iter().flat_map(|certificate| bag(certificate.as_ref())).collect();
    let safe = content(&der(SEQUENCE, &[&bags]));
    let all = content(&der(SEQUENCE, &[&safe]));
    der(SEQUENCE, &[&der(INTEGER, &[&[3]]), &all])
}

fn bag(certificate: &[u8]) -> Vec<u8> {
    let value = der(EXPLICIT_0, &[&der(OCTET_STRING, &[certificate])]);
    let certificate = der(SEQUENCE, &[&der(OBJECT_ID, &[X509_CERTIFICATE]), &value]);
    let usage = der(SET, &[&der(OBJECT_ID, &[ANY_KEY_USAGE])]);
    let trusted = der(SEQUENCE, &[&der(OBJECT_ID, &[TRUSTED_KEY_USAGE]), &usage]);
    let parts = [&der(OBJECT_ID, &[CERT_BAG]), &der(EXPLICIT_0, &[&certificate]), &der(SET, &[&trusted])];
    der(SEQUENCE, &parts.map(Vec::as_slice))
}

/// Bytes as a ContentInfo.
fn content(bytes: &[u8]) -> Vec<u8> {
    let data = der(EXPLICIT_0, &[&der(OCTET_STRING, &[bytes])]);
    der(SEQUENCE, &[&der(OBJECT_ID, &[DATA]), &data])
}

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let significant = &length[length.iter().position(|byte| *byte != 0).unwrap_or(length.len() - 1)..];
    let mut encoded = vec![tag];
    if content.len() >= 0x80 {
        encoded.push(0x80 | significant.len() as u8);
    }
    encoded.extend_from_slice(significant);
    encoded.extend(content);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_encoded_as_short_as_they_can_be() {
        assert_eq!(der(OCTET_STRING, &[]), [4, 0]);
        assert_eq!(der(OCTET_STRING, &[&[7; 127]])[..3], [4, 127, 7]);
        assert_eq!(der(OCTET_STRING, &[&[7; 128]])[..4], [4, 0x81, 128, 7]);
        assert_eq!(der(OCTET_STRING, &[&[7; 300]])[..5], [4, 0x82, 1, 44, 7]);
    }
}
