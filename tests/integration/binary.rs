//! The real program, started as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// `stead` of the same build as these tests: `target/<profile>/stead`, two folders above the test binary.
pub fn path() -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows its own path");
    let profile = tests.parent().and_then(|deps| deps.parent()).expect("tests live in target/<profile>/deps");
    let binary = profile.join("stead");
    assert!(
        binary.exists(),
        "{} is missing: run `cargo build -p stead` first, or tests/run",
        binary.display()
    );
    binary
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(path()).args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

/// Runs a command that must succeed and returns what it printed.
pub fn run_well(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(
        output.status.success(),
        "stead {arguments:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// A server process; killed without warning when dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
}

impl Server {
    /// Starts `stead serve` on a free port and waits until it says that it listens.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(path())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output is piped");
        let url = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on ").map(str::to_owned))
            .expect("the server says where it listens");
        Self { child, url }
    }

    /// Kills the process at once, as `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().expect("the process is ours");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
