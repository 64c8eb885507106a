//! The real program, started as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread::JoinHandle;

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
    /// What it writes, if that is read.
    written: Vec<JoinHandle<String>>,
}

impl Server {
    /// Starts `stead serve` on a free port and waits until it says that it listens.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = serve(arguments).spawn().expect("the program starts");
        let (url, _) = listening(&mut child);
        Self { child, url, written: Vec::new() }
    }

    /// The same with a log of a level, which is kept.
    pub fn start_logging(arguments: &[&str], level: &str) -> Self {
        let mut command = serve(arguments);
        let mut child =
            command.env("RUST_LOG", level).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stderr = read_on(child.stderr.take().expect("its errors are piped"));
        let (url, stdout) = listening(&mut child);
        Self { child, url, written: vec![read_on(stdout), stderr] }
    }

    /// Kills the process at once, as `kill -9` does.
    pub fn kill(mut self) {
        self.end();
    }

    /// Kills the process and gives back all that it wrote.
    pub fn stop_and_read(mut self) -> String {
        self.end();
        self.written.drain(..).map(|written| written.join().expect("it was read")).collect()
    }

    fn end(&mut self) {
        self.child.kill().expect("the process is ours");
        self.child.wait().expect("it ends");
    }
}

fn serve(arguments: &[&str]) -> Command {
    let mut command = Command::new(path());
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Where a server listens, and the rest of what it prints.
fn listening(child: &mut Child) -> (String, BufReader<ChildStdout>) {
    let mut stdout = BufReader::new(child.stdout.take().expect("its output is piped"));
    let url = stdout
        .by_ref()
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("listening on ").map(str::to_owned))
        .expect("the server says where it listens");
    (url, stdout)
}

/// Reads to the end, so that the writer never waits.
fn read_on(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
