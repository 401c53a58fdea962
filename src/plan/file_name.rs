//! What the files of objects and patches are called.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

/// The longest file name that file systems take.
const LONGEST: usize = 255;

/// The folder of a namespace's objects, `_cluster` for what belongs to none.
///
/// Where `kubectl apply -R` reads files in the order of their names, namespaces have to come before
/// what is in them: `_` sorts before letters, but after digits.
pub fn folder(namespace: Option<&str>) -> Cow<'_, str> {
    match namespace {
        None => "_cluster".into(),
        Some(name) if name.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("_ns-{name}").into()
        }
        Some(name) => name.into(),
    }
}

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
    fn the_folder_of_namespaces_sorts_before_all_others() {
        let first = folder(None);
        for name in ["0", "9-shop", "a", "0x10", "zone"] {
            assert!(first < folder(Some(name)), "{name}");
        }
        assert_eq!(folder(Some("shop")), "shop");
        assert_eq!(folder(Some("1-shop")), "_ns-1-shop");
    }

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
