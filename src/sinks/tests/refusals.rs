//! What stands in the way.

use std::fs;

use tempfile::TempDir;

use super::scene::{output, refusals, tree};
use crate::sinks::{Action, Before, Folder, Output, SinkError};

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

#[test]
fn all_that_stands_in_the_way_is_told_at_once_and_what_was_changed_by_hand() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    let route = "kind: HTTPRoute\nmetadata:\n  name: web\nspec:\n  hostnames:\n  - a.example.com\n";
    let gateway = "kind: Gateway\nspec:\n  listeners:\n  - port: 80\n  - port: 443\n";
    let old = [
        ("conflict.yaml", "a: 1\n"),
        ("gateway.yaml", gateway),
        ("long.yaml", "a: 1\n"),
        ("route.yaml", route),
        ("stale.yaml", "a: 1\n"),
    ];
    folder.write(&output(&old)).unwrap();
    let edit = |name: &str, edit: &dyn Fn(String) -> String| {
        let file = dir.path().join(name);
        fs::write(&file, edit(fs::read_to_string(&file).unwrap())).unwrap();
    };
    edit("conflict.yaml", &|text| {
        format!("<<<<<<< HEAD\n{text}=======\ntheirs\n>>>>>>> main\n")
    });
    edit("gateway.yaml", &|text| {
        text.replace("port: 80", "port: 8080")
    });
    edit("long.yaml", &|text| text + &"# mine\n".repeat(30));
    edit("route.yaml", &|text| text + "  - mine.example.com\n");
    edit("stale.yaml", &|text| text + "# mine\n");
    fs::write(dir.path().join("foreign.yaml"), "mine\n").unwrap();
    fs::create_dir(dir.path().join("folder.yaml")).unwrap();
    let other = Output::new("other", output(&[("other.yaml", "")]).targets().to_vec());
    folder.write(&other.unwrap()).unwrap();
    let before = tree(dir.path());

    let new_route = route.replace("a.example.com", "b.example.com");
    let set = output(&[
        ("conflict.yaml", "a: 2\n"),
        ("folder.yaml", ""),
        ("foreign.yaml", "a: 2\n"),
        ("gateway.yaml", gateway),
        ("long.yaml", "a: 1\n"),
        ("other.yaml", "a: 2\n"),
        ("route.yaml", &new_route),
    ]);
    let said = refusals(&folder, &set).replace(dir.path().to_str().unwrap(), "out");
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(said);
    });
    assert_eq!(tree(dir.path()), before);
    let plan = folder.plan(&set).unwrap();
    let told = |force| {
        plan.refusals(force)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(told(false).len(), 8);
    assert_eq!(told(true).len(), 1, "no force makes a folder a file");
    fs::remove_dir(dir.path().join("folder.yaml")).unwrap();
    folder.clone().force(true).write(&set).unwrap();
    assert_eq!(folder.check(&set).unwrap(), []);
}

#[test]
fn an_edit_that_the_config_has_taken_up_stands_in_nobodys_way() {
    let dir = TempDir::new().unwrap();
    let folder = Folder::new(dir.path());
    folder.write(&output(&[("a.yaml", "a: 1\n")])).unwrap();
    let file = dir.path().join("a.yaml");
    let edited = fs::read_to_string(&file).unwrap().replace("a: 1", "a: 2");
    fs::write(&file, &edited).unwrap();
    let set = output(&[("a.yaml", "a: 2\n")]);
    let plan = folder.plan(&set).unwrap();
    let [step] = &plan.steps[..] else {
        panic!("{plan:?}")
    };
    assert!(matches!(step.action, Action::Change(Before::Settled(_))));
    assert_eq!(folder.write(&set).unwrap().changed, ["a.yaml"]);
    assert_eq!(folder.check(&set).unwrap(), []);
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
