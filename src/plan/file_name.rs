//! What the files of objects and patches are called.

use sha2::{Digest as _, Sha256};

/// The longest file name that file systems take.
const LONGEST: usize = 255;

/// `<stem>-<name>.yaml`.
///
/// A colon, which names of roles may have and some file systems refuse, becomes `_`. Where an
/// object's name is longer than a file's may be, it is cut and told apart by a digest.
pub fn file_name(stem: &str, name: &str) -> String {
    fitted(format!("{stem}-{}.yaml", name.replace(':', "_")), name)
}

/// A file name that ends with `.yaml`, cut where it is longer than file systems take; what was cut
/// is told apart by a digest of `key`.
pub fn fitted(whole: String, key: &str) -> String {
    if whole.len() <= LONGEST {
        return whole;
    }
    let digest = Sha256::digest(key.as_bytes());
    let digest = format!("{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2]);
    let room = LONGEST - ".yaml".len() - 1 - digest.len();
    let end = (0..=room)
        .rev()
        .find(|at| whole.is_char_boundary(*at))
        .unwrap_or(0);
    let cut = whole[..end].trim_end_matches(['-', '.']);
    format!("{cut}-{digest}.yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        assert_eq!(file_name("clusterrole", "a:b"), "clusterrole-a_b.yaml");
        let longest = "x".repeat(253);
        let (one, two) = (
            file_name("httproute", &longest),
            file_name("httproute", &format!("{longest}y")),
        );
        assert_eq!(one.len(), LONGEST);
        assert!(one.starts_with("httproute-xxx"));
        assert_ne!(one, two);
    }
}
