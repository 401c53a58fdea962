//! Words of shell commands.

/// One word of a POSIX shell command, quoted where the shell would read it otherwise.
pub(super) fn word(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@,+%".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(
            word("http://www.example.com/get"),
            "http://www.example.com/get"
        );
        assert_eq!(word("/a?b=c&d"), "'/a?b=c&d'");
        assert_eq!(word("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(word("*.example.com"), "'*.example.com'");
        assert_eq!(word(""), "''");
    }
}
