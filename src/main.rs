//! The command line. See `sayso --help`.

/// Keeps an account of the memory of each query.
#[global_allocator]
static ALLOCATOR: sayso::memory::Counting = sayso::memory::Counting;

fn main() -> std::process::ExitCode {
    sayso::cli::run()
}
