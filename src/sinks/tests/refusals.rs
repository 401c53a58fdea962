//! What stands in the way.

use std::fs;

use tempfile::TempDir;

use super::scene::{output, refusals, tree};
use crate::sinks::{Folder, SinkError};

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_written() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("b.yaml")).unwrap();
    fs::write(dir.path().join("folder"), "").unwrap();
    let before = tree(dir.path());
    let set = output(&[("a.yaml", ""), ("b.yaml", ""), ("folder/x.yaml", "")]);
    let said =
        refusals(&Folder::new(dir.path()), &set).replace(dir.path().to_str().unwrap(), "out");
    assert_eq!(
        said,
        "nothing was written, because of what stands in the way\n  \
         `out/b.yaml`: it is a folder where a file must be; move it away\n  \
         `out/folder`: it is a file where a folder must be; move it away"
    );
    assert_eq!(tree(dir.path()), before);
    let file = Folder::new(dir.path().join("folder"));
    assert!(refusals(&file, &set).contains("the output folder is a file"));
    let below = Folder::new(dir.path().join("folder/out"));
    assert!(refusals(&below, &set).contains("a part of the path is a file"));
    assert_eq!(tree(dir.path()), before);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_never_followed() {
    use std::os::unix::fs::symlink;
    let dir = TempDir::new().unwrap();
    let (root, outside) = (dir.path().join("out"), dir.path().join("outside"));
    fs::create_dir_all(root.join("real")).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x.yaml"), "").unwrap();
    symlink(&outside, root.join("away")).unwrap();
    symlink("real", root.join("inside")).unwrap();
    symlink(outside.join("x.yaml"), root.join("file.yaml")).unwrap();
    symlink("nothing", root.join("broken")).unwrap();
    let folder = Folder::new(&root);
    for path in [
        "away/y.yaml",
        "away/deeper/y.yaml",
        "file.yaml",
        "broken/x.yaml",
    ] {
        let said = refusals(&folder, &output(&[(path, "a: 1\n"), ("fine.yaml", "")]));
        assert!(said.contains("symbolic link"), "{said}");
    }
    assert!(!root.join("fine.yaml").exists());
    assert_eq!(tree(&outside), ["x.yaml: "]);
    let twice = refusals(
        &folder,
        &output(&[("inside/x.yaml", ""), ("real/x.yaml", "")]),
    );
    assert!(twice.contains("the same file as"), "{twice}");
    let set = output(&[("inside/x.yaml", "a: 1\n")]);
    folder.write(&set).unwrap();
    assert!(root.join("real/x.yaml").exists());
    assert_eq!(folder.check(&set).unwrap(), []);
    // The output folder itself may be a link: the user named it.
    symlink(&outside, dir.path().join("link")).unwrap();
    Folder::new(dir.path().join("link"))
        .write(&output(&[("z.yaml", "")]))
        .unwrap();
    assert!(outside.join("z.yaml").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let error = Folder::new("/proc/none/out")
        .write(&output(&[("a.yaml", "")]))
        .unwrap_err();
    assert!(matches!(error, SinkError::NoFolder { .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .starts_with("cannot make the output folder `/proc/none/out`: ")
    );
}
