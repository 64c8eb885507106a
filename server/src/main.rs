//! `stead`: see `stead --help`, and design §4 for the table of commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    stead::cli::main()
}
