//! The words for what the YAML parser refuses.

use granit_parser::ErrorKind;

use super::issue::IssueKind;

/// The longest key of a map that YAML allows, in characters.
pub(super) const LONGEST_KEY: usize = 1024;

/// What a person is told about an error of the parser, so many bytes into its line.
#[expect(
    clippy::too_many_lines,
    reason = "one table, an arm for each thing that can be wrong"
)]
pub(super) fn issue_of(kind: &ErrorKind, column: usize) -> IssueKind {
    use ErrorKind as E;

    let (what, help): (&str, Option<&'static str>) = match kind {
        E::RecursionLimitExceeded => return IssueKind::TooDeep,
        E::BomInsideDocument => return IssueKind::ByteOrderMark,
        E::UnexpectedCharacter { character } if is_control(*character) => {
            return IssueKind::ControlCharacter {
                character: *character,
            };
        }
        E::UnexpectedCharacter { character } => {
            return IssueKind::Syntax {
                what: format!("a value without quotes cannot begin with `{character}`"),
                help: Some("Put the value in quotes."),
            };
        }
        E::MismatchedFlowCollectionEnd { open, close } => {
            return IssueKind::Syntax {
                what: format!("`{open}` is closed by `{close}`"),
                help: Some("Close brackets in the reverse of the order in which they open."),
            };
        }
        E::UnclosedFlowCollection { open } => {
            return IssueKind::Syntax {
                what: format!("`{open}` is never closed"),
                help: Some("Close it, or put a text that begins with it in quotes."),
            };
        }
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation => {
            ("a tab is used for indentation", Some("Indent with spaces."))
        }
        E::TabAtBlockScalarStart | E::TabInPlainScalar => {
            ("a tab is not allowed here", Some("Use spaces."))
        }
        E::UnclosedQuotedScalar => (
            "a quote is never closed",
            Some("Close it; a quote inside is written `''` or `\\\"`."),
        ),
        E::DocumentIndicatorInQuotedScalar => (
            "a quoted text goes on over the end of its document",
            Some("Close the quote."),
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "something follows a quoted text on its line",
            Some("Put the whole value in quotes; a quote inside is written `''` or `\\\"`."),
        ),
        E::UnknownQuotedScalarEscape => (
            "unknown escape in double quotes",
            Some("Write a backslash as `\\\\`, or use single quotes."),
        ),
        E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "this escape stands for no character",
            Some("Write the character itself, or a backslash as `\\\\`."),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "a `:` is missing after a key, or the key is not on one line",
            Some("Write `key: value`; long texts stand in quotes or below `key: |`."),
        ),
        E::ExpectedBlockMappingKey | E::InvalidIndentation => (
            "a key of this map was expected here",
            Some("Keys of one map begin in the same column, and items of one list too."),
        ),
        E::ExpectedBlockSequenceEntry => (
            "an item of this list was expected here",
            Some("Items of one list begin with `-` in the same column."),
        ),
        E::MappingValueNotAllowed if column > LONGEST_KEY => (
            "a key is longer than YAML allows",
            Some("Keep keys below 1024 characters."),
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement => (
            "`: ` is not allowed here",
            Some("Put a text that holds `: ` in quotes, or check the indentation."),
        ),
        E::MappingKeyNotAllowed => ("a key is not allowed here", Some("Check the indentation.")),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => (
            "an item with `- ` is not allowed here",
            Some("Begin the list on its own line."),
        ),
        E::ExpectedFlowMappingSeparator => (
            "`,` or `}` was expected here",
            Some("Items stand between commas; a text with `,` or brackets stands in quotes."),
        ),
        E::ExpectedFlowSequenceSeparator => (
            "`,` or `]` was expected here",
            Some("Items stand between commas; a text with `,` or brackets stands in quotes."),
        ),
        E::MisplacedFlowCollectionEnd => (
            "there is no open bracket which this closes",
            Some("Take it out, or put a text that holds it in quotes."),
        ),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => (
            "a bracket is never closed",
            Some("Close it, or put a text that begins with it in quotes."),
        ),
        E::ExpectedNodeContent | E::UnexpectedEof => (
            "a value was expected here",
            Some("Write the value, or take out what announces it."),
        ),
        E::FlowMappingValueAdjacentCollection
        | E::InvalidMappingValueWhitespace
        | E::InvalidBlockEntryWhitespace
        | E::ExpectedWhitespace => (
            "a space is missing here",
            Some("Write a space after `:`, `-` and `,`, or put the text in quotes."),
        ),
        E::CommentNotSeparated => (
            "a space is missing before the comment",
            Some("Write a space before `#`, or put a text that holds it in quotes."),
        ),
        E::CommentInterceptedScalar => (
            "a comment stands inside a text of several lines",
            Some("Move the comment above the text, or put the text in quotes."),
        ),
        E::PlainScalarStartsWithDashFlowIndicator => (
            "a value without quotes cannot begin like this",
            Some("Put the value in quotes."),
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            "nothing may follow `|` or `>` on its line but one of `+-1…9`",
            Some("Begin the text on the next line."),
        ),
        E::InvalidBlockScalarIndent => (
            "a line of this text is indented less than the text",
            Some("All lines below `|` or `>` are indented at least like the first."),
        ),
        E::InvalidQuotedScalarIndent | E::InvalidFlowScalarIndent => (
            "this line is indented too little",
            Some("Indent it further than the key above."),
        ),
        E::InvalidDocumentEnd => (
            "nothing may follow `...` on its line",
            Some("Begin the next document on a line of its own."),
        ),
        E::MissingDocumentEndBeforeDirective | E::ExpectedDocumentStart => (
            "this does not belong to what stands above it",
            Some("Check the indentation; documents are separated by a line `---`."),
        ),
        E::UndeclaredTagHandle => (
            "this kind of tag is not declared",
            Some("Leave the tag out."),
        ),
        E::MissingAnchorOrAliasName => (
            "a name is missing after `&` or `*`",
            Some("Put a text that begins with `&` or `*` in quotes."),
        ),
        E::ExpectedTagBang
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8
        | E::InvalidGlobalTagCharacter => (
            "this is not a tag",
            Some("Put a text that begins with `!` in quotes."),
        ),
        E::UnsupportedYamlMajorVersion => (
            "this YAML version is not supported",
            Some("Leave the line `%YAML` out; YAML 1.2 is read."),
        ),
        E::DuplicateVersionDirective
        | E::DuplicateTagDirective
        | E::ExpectedTagDirectiveBang
        | E::InvalidDirectiveTerminator
        | E::MissingYamlVersionSeparator
        | E::MissingDirectiveName
        | E::InvalidDirectiveName
        | E::DirectiveByteLimitExceeded { .. }
        | E::TooManyReservedDirectiveParams { .. }
        | E::YamlVersionTooLong
        | E::MissingYamlVersion
        | E::InvalidTagDirectiveTerminator => (
            "this directive is not understood",
            Some("A line that begins with `%` is a directive; put such a text in quotes."),
        ),
        _ => (
            "this is not YAML",
            Some("Check quotes, brackets and indentation around it."),
        ),
    };
    IssueKind::Syntax {
        what: what.to_string(),
        help,
    }
}

/// Whether YAML forbids a character, as opposed to giving it a meaning.
fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}
