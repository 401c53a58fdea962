//! The two things that are compared.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::file_names::may_hold_yaml;
use super::git::{GitError, Repository, RevPath, Revision};
use super::input_error::InputError;
use super::operand::{Operand, Way, Whence, Written, written};
use super::place::look;

/// The two things that are compared.
#[derive(Debug)]
pub struct Operands {
    /// The state before.
    pub before: Operand,
    /// The state after.
    pub after: Operand,
    /// Whether they are one path in two states, so that both are to be taken in one way.
    pub same_path: bool,
    /// What there is to say about how they were understood, each a sentence.
    pub notes: Vec<String>,
}

/// What is known while operands are told apart.
struct Teller<'a> {
    working: &'a Path,
    repository: Option<Repository>,
    notes: Vec<String>,
}

impl Operands {
    /// Tells what two operands are. A revision without a path has that of the other operand; without
    /// a second operand, the first is compared with the work tree, and without both, `HEAD` is.
    pub fn tell(
        before: Option<&str>,
        after: Option<&str>,
        working: &Path,
    ) -> Result<Self, InputError> {
        let mut teller = Teller {
            working,
            repository: None,
            notes: Vec::new(),
        };
        let first = written(before.unwrap_or("HEAD"), working)?;
        let second = after.map(|text| written(text, working)).transpose()?;
        let texts = [before, after].into_iter().flatten();
        for (text, (_, what)) in texts.zip([Some(&first), second.as_ref()].into_iter().flatten()) {
            teller.look_for_namesake(text, what);
        }
        let (before, after, same_path) = match second {
            None => teller.with_work_tree(first)?,
            Some(second) => teller.two(first, second)?,
        };
        Ok(Operands {
            before,
            after,
            same_path,
            notes: teller.notes,
        })
    }
}

impl Teller<'_> {
    fn repository(&mut self) -> Result<&Repository, InputError> {
        if self.repository.is_none() {
            self.repository = Some(Repository::open(self.working)?);
        }
        self.repository
            .as_ref()
            .ok_or_else(|| GitError::NoRepository.into())
    }

    /// Says so where a path is the name of a revision as well.
    fn look_for_namesake(&mut self, text: &str, what: &Written) {
        let plain = !text.contains(['/', ':', '.']) && text != "-";
        if plain
            && *what == Written::Disk(text.to_owned())
            && self
                .repository()
                .is_ok_and(|repository| repository.knows(text))
        {
            self.notes.push(format!(
                "`{text}` is a path here and a git revision; the path is compared, and `git:{text}` \
                 is the revision"
            ));
        }
    }

    /// One operand and the work tree.
    fn with_work_tree(
        &mut self,
        (way, what): (Way, Written),
    ) -> Result<(Operand, Operand, bool), InputError> {
        let rev_path = match what {
            Written::Revision(rev_path) => rev_path,
            Written::Disk(path) => return Err(InputError::OneOperand(path)),
            Written::Stdin => return Err(InputError::OneOperand("-".to_owned())),
        };
        let path = match &rev_path.path {
            Some(path) => self.repository()?.path_in_revision(path)?,
            None => String::new(),
        };
        let revision = self.revision(&rev_path)?;
        let operand = |whence, may_lack| Operand {
            way,
            whence,
            may_lack,
        };
        let before = operand(Whence::Revision(revision, path.clone()), false);
        Ok((before, operand(Whence::WorkTree(path), true), true))
    }

    /// Two operands.
    fn two(
        &mut self,
        (way, first): (Way, Written),
        (second_way, second): (Way, Written),
    ) -> Result<(Operand, Operand, bool), InputError> {
        if (&first, &second) == (&Written::Stdin, &Written::Stdin) {
            return Err(InputError::StdinTwice);
        }
        let revisions = [self.revision_of(&first)?, self.revision_of(&second)?];
        let lacks = [&first, &second]
            .map(|what| matches!(what, Written::Revision(RevPath { path: None, .. })));
        // What is taken in another way is another thing, and its path says nothing.
        let same_way = way == second_way;
        let paths = [
            self.own_path(&first, same_way && lacks[1])?,
            self.own_path(&second, same_way && lacks[0])?,
        ];
        let same_path = same_way && (lacks[0] || lacks[1]);
        let others = [&paths[1], &paths[0]].map(|path| path.clone().filter(|_| same_way));
        let [revision, second_revision] = revisions;
        let before = operand(way, first, revision, paths[0].clone(), others[0].clone());
        let after = operand(
            second_way,
            second,
            second_revision,
            paths[1].clone(),
            others[1].clone(),
        );
        Ok((before, after, same_path))
    }

    fn revision_of(&mut self, what: &Written) -> Result<Option<Arc<Revision>>, InputError> {
        match what {
            Written::Revision(rev_path) => self.revision(rev_path).map(Some),
            Written::Disk(_) | Written::Stdin => Ok(None),
        }
    }

    /// The path that an operand names, from the root of the repository; that of one on disk where
    /// the other operand lacks a path.
    fn own_path(&mut self, what: &Written, wanted: bool) -> Result<Option<String>, InputError> {
        match what {
            Written::Disk(path) if wanted => self.repository()?.path_on_disk(path).map(Some),
            Written::Revision(RevPath {
                path: Some(path), ..
            }) => self.repository()?.path_in_revision(path).map(Some),
            _ => Ok(None),
        }
    }

    fn revision(&mut self, rev_path: &RevPath) -> Result<Arc<Revision>, InputError> {
        let name = &rev_path.revision;
        let found = match self.repository() {
            Ok(repository) => repository.revision(name),
            Err(error) => Err(error),
        };
        found.map_err(|error| match &error {
            // What cannot be a revision was most likely meant for a path.
            InputError::Git(
                GitError::UnknownRevision { near: None, .. } | GitError::NoRepository,
            ) => self.slip_in_path(rev_path).unwrap_or(error),
            InputError::Git(GitError::NotRun(cause)) if cause.kind() == io::ErrorKind::NotFound => {
                self.slip_in_path(rev_path).unwrap_or(error)
            }
            _ => error,
        })
    }

    fn slip_in_path(&self, rev_path: &RevPath) -> Option<InputError> {
        let name = &rev_path.revision;
        let error = look(&self.working.join(name), name).err()?;
        let meant = match &error {
            InputError::NotFound { near, .. } => {
                near.is_some() || name.contains('/') || may_hold_yaml(name)
            }
            _ => false,
        };
        (rev_path.path.is_none() && meant).then_some(error)
    }
}

/// An operand, whose path is its own or else that of the other one.
fn operand(
    way: Way,
    what: Written,
    revision: Option<Arc<Revision>>,
    own_path: Option<String>,
    other_path: Option<String>,
) -> Operand {
    let may_lack = revision.is_some() && own_path.is_none();
    let whence = match (what, revision) {
        (Written::Disk(path), _) => Whence::Disk(path),
        (_, Some(revision)) => {
            Whence::Revision(revision, own_path.or(other_path).unwrap_or_default())
        }
        (_, None) => Whence::Stdin,
    };
    Operand {
        way,
        whence,
        may_lack,
    }
}
