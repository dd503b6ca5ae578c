//! The command line. See `sayso --help`.

fn main() -> std::process::ExitCode {
    sayso::cli::run()
}
