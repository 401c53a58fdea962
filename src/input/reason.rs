//! Why the system refused, in plain words.

use std::io;

/// What an error of the system means, as the end of a sentence, without its number.
pub fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the disk quota is used up",
        io::ErrorKind::FileTooLarge => "the file would be larger than the system allows",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed",
        _ => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            let mut letters = text[..end].chars();
            let first = letters.next().map(|c| c.to_ascii_lowercase());
            return first.into_iter().chain(letters).collect();
        }
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_words_without_numbers() {
        assert_eq!(
            reason(&io::ErrorKind::StorageFull.into()),
            "the disk is full"
        );
        let other = reason(&io::Error::from_raw_os_error(24));
        assert!(
            !other.contains("os error") && other.starts_with(char::is_lowercase),
            "{other}"
        );
    }
}
