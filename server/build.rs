//! Builds the web app and lists its files for the program to carry.
//!
//! `STEAD_SKIP_WEB=1` leaves the web app out, for work on the Rust alone; a page then says so.

#![expect(clippy::disallowed_methods, reason = "a build script is configured by its environment")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What decides how the web app looks, below `web/`.
const SOURCES: [&str; 8] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
    "tsconfig.sw.json",
];
const NO_PAGES: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Stead</title>\
    <p>This build of Stead has no pages: it was made without the web app. The interface under /api works.";

fn main() {
    let server = PathBuf::from(env("CARGO_MANIFEST_DIR"));
    let web = server.join("../web");
    let out = PathBuf::from(env("OUT_DIR"));
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-env-changed=STEAD_SKIP_WEB");
    // A path that is missing would rerun this script each time.
    for source in SOURCES.iter().filter(|source| web.join(source).exists()) {
        println!("cargo:rerun-if-changed=../web/{source}");
    }
    let skip = std::env::var("STEAD_SKIP_WEB").is_ok_and(|v| !v.is_empty() && v != "0");
    let list = if skip || !web.join("package.json").exists() {
        let page = out.join("no-pages.html");
        fs::write(&page, NO_PAGES).expect("OUT_DIR can be written");
        vec![("index.html".to_owned(), page)]
    } else {
        build(&web);
        files(&web.join("dist"))
    };
    fs::write(out.join("assets.rs"), table(list)).expect("OUT_DIR can be written");
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

fn build(web: &Path) {
    let modified = |path: PathBuf| fs::metadata(path).and_then(|m| m.modified()).ok();
    // npm writes this file last.
    let installed = modified(web.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < modified(web.join("package-lock.json")) {
        npm(web, &["ci", "--no-audit", "--no-fund"]);
    }
    npm(web, &["run", "build"]);
}

fn npm(web: &Path, arguments: &[&str]) {
    let line = format!("npm {}", arguments.join(" "));
    match Command::new("npm")
        .args(arguments)
        .current_dir(web)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .output()
    {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!(
            "`{line}` failed in web/:\n{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => panic!(
            "`{line}` could not be started ({error}). The program carries the web app, which Node.js builds: \
             install Node.js 20 or newer with npm, or set STEAD_SKIP_WEB=1 to build without pages"
        ),
    }
}

/// The files below a folder by their names with slashes.
fn files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut list = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the web app was built").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it is below the root").to_string_lossy();
                list.push((name.replace('\\', "/"), path.canonicalize().expect("it is there")));
            }
        }
    }
    list.sort();
    list
}

fn table(files: Vec<(String, PathBuf)>) -> String {
    let mut table = String::from("static ASSETS: &[(&str, &[u8])] = &[\n");
    for (name, path) in files {
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())
            .expect("a string can be written to");
    }
    table.push_str("];\n");
    table
}
