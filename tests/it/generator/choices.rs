//! Where the generator's decisions come from.

/// A sequence of choices. Nought is always the plainest choice, so that shorter and smaller
/// sequences make plainer configs, and proptest's shrinking of a list shrinks the config.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    given: std::vec::IntoIter<u16>,
    /// The state of a generator that never ends, where the choices come from a seed.
    seed: Option<u64>,
}

impl Choices {
    /// These choices, and nought for ever after.
    pub(crate) fn given(choices: Vec<u16>) -> Self {
        Choices {
            given: choices.into_iter(),
            seed: None,
        }
    }

    /// Choices that depend on the seed alone.
    pub(crate) fn seeded(seed: u64) -> Self {
        Choices {
            given: Vec::new().into_iter(),
            seed: Some(seed),
        }
    }

    fn next(&mut self) -> u16 {
        let Some(state) = &mut self.seed else {
            return self.given.next().unwrap_or(0);
        };
        // SplitMix64.
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as u16
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::from(self.next()) % end.max(1)
    }

    /// A number of this range, both ends included.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of these.
    pub(crate) fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// The same things in another order.
    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            // Nought leaves everything where it is.
            let with = at - self.below(at + 1);
            all.swap(at, with);
        }
    }
}
