//! The command line. See `sayso --help`.

/// Keeps an account of the memory of each query.
#[global_allocator]
static ALLOCATOR: sayso::inside::memory::Counting = sayso::inside::memory::Counting;

fn main() -> std::process::ExitCode {
    sayso::inside::cli::run()
}
