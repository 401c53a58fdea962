//! Standard input as a whole.

use std::io::Read;

use super::decode::decode;
use super::input_error::InputError;
use super::place::read_all;

/// Reads standard input to its end.
pub fn read_stdin(stdin: &mut dyn Read) -> Result<String, InputError> {
    const NAME: &str = "<stdin>";
    decode(read_all(stdin, NAME, 0)?).map_err(|_| InputError::Unreadable {
        name: NAME.to_owned(),
        cause: std::io::ErrorKind::InvalidData.into(),
    })
}
