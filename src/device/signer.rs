//! The number by which Android's dumps name a certificate.

/// Java's hash of the certificate's bytes, as Android 9 and later print it: 32 bits, so that another one proves another
/// certificate, and the same one very likely the same.
pub(crate) fn fingerprint(certificate: &[u8]) -> String {
    let add = |hash: i32, byte: &u8| hash.wrapping_mul(31).wrapping_add(i32::from(byte.cast_signed()));
    format!("{:x}", certificate.iter().fold(1_i32, add))
}

#[cfg(test)]
mod tests {
    /// By `Integer.toHexString(Arrays.hashCode(bytes))`.
    #[test]
    fn it_is_javas_hash_of_the_bytes() {
        assert_eq!(super::fingerprint(&[]), "1");
        // ((31 + 1) * 31 - 1) * 31 + 127
        assert_eq!(super::fingerprint(&[1, 0xff, 0x7f]), format!("{:x}", ((31 + 1) * 31 - 1) * 31 + 127));
        assert_eq!(super::fingerprint(&[0x80; 3]), format!("{:x}", ((31 - 128) * 31 - 128) * 31 - 128_i32));
    }
}
