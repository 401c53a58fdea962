//! Positions in the text of all sources.

/// A byte position in the common address space of [`Sources`](super::Sources).
///
/// Four bytes say both the file and the place in it, so every node of every tree can afford to
/// remember where it was written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos(u32);

impl Pos {
    /// The position of what nobody wrote.
    pub const NONE: Pos = Pos(u32::MAX);

    /// The position `offset` bytes into the common address space.
    pub const fn new(offset: u32) -> Self {
        Pos(offset)
    }

    /// The offset in the common address space.
    pub const fn offset(self) -> u32 {
        self.0
    }

    /// Whether this is a place in some source.
    pub const fn is_some(self) -> bool {
        self.0 != u32::MAX
    }

    /// The position `bytes` further on.
    #[must_use]
    pub const fn plus(self, bytes: u32) -> Self {
        if self.is_some() {
            Pos(self.0 + bytes)
        } else {
            self
        }
    }
}

impl std::fmt::Debug for Pos {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_some() {
            write!(f, "@{}", self.0)
        } else {
            f.write_str("@-")
        }
    }
}

/// A range of bytes in one source, `start` included and `end` excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: Pos,
    /// One past the last byte.
    pub end: Pos,
}

impl Span {
    /// The range from `start` to `end`.
    pub const fn new(start: Pos, end: Pos) -> Self {
        Span { start, end }
    }
}
