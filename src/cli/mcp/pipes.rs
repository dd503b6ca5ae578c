//! Standard input and output as the library takes them, which reads whatever comes and ends in silence when one of them
//! fails: here a line has a bound, what fails is kept to be told, nothing is read while many questions wait, and the end of
//! the input waits for all before it.

use std::io::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, Stdin, Stdout};
use tokio::sync::Semaphore;

use crate::cli::Failure;

/// Bytes of a message at most.
const LONGEST: usize = 4 << 20;

/// Questions that wait or are answered, at most; a few more may have been read with the last of them.
pub const QUESTIONS: usize = 16;

/// The first thing that failed.
#[derive(Clone, Default)]
pub struct Trouble(Arc<Mutex<Option<Failure>>>);

impl Trouble {
    fn keep(&self, failure: Failure) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
    }

    /// What failed, if anything did.
    pub fn told(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Standard input. Each question that waits or is answered has one of the places of `room`.
pub fn input(room: Arc<Semaphore>, trouble: Trouble) -> Input {
    Input { from: tokio::io::stdin(), line: 0, step: Step::Read, room, trouble }
}

/// Standard output.
pub fn output(trouble: Trouble) -> Output {
    Output { to: tokio::io::stdout(), trouble }
}

pub struct Input {
    from: Stdin,
    /// Bytes of the line that is being read.
    line: usize,
    step: Step,
    room: Arc<Semaphore>,
    trouble: Trouble,
}

/// What the reader does next.
enum Step {
    /// It waits until there is room for a question.
    Wait(Pin<Box<dyn Future<Output = ()> + Send>>),
    Read,
    /// Nothing is left to read: it waits until nothing is asked any more, for the library would give that five seconds.
    Rest(Pin<Box<dyn Future<Output = ()> + Send>>),
    Ended,
}

/// Waits until there is room for so many questions.
async fn wait(room: Arc<Semaphore>, places: usize) {
    // The messages that have been read take their places first.
    tokio::task::yield_now().await;
    drop(room.acquire_many(places as u32).await);
}

impl AsyncRead for Input {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<Result<(), Error>> {
        let input = self.get_mut();
        loop {
            match &mut input.step {
                Step::Wait(wait) => {
                    ready!(wait.as_mut().poll(context));
                    input.step = Step::Read;
                }
                Step::Read => {
                    let before = buffer.filled().len();
                    if let Err(error) = ready!(Pin::new(&mut input.from).poll_read(context, buffer)) {
                        let told = Failure::new(format!("cannot read: {error}"), "check where the input comes from");
                        input.trouble.keep(told);
                        return Poll::Ready(Err(error));
                    }
                    let read = &buffer.filled()[before..];
                    if read.is_empty() {
                        input.step = Step::Rest(Box::pin(wait(Arc::clone(&input.room), QUESTIONS)));
                        continue;
                    }
                    let begun = read.iter().rposition(|byte| *byte == b'\n').map(|last| read.len() - last - 1);
                    input.line = begun.unwrap_or(input.line + read.len());
                    if input.line > LONGEST {
                        input.trouble.keep(Failure::new("a message of more than 4 MiB", "messages are lines of JSON"));
                        return Poll::Ready(Err(Error::other("a message of more than 4 MiB")));
                    }
                    input.step = Step::Wait(Box::pin(wait(Arc::clone(&input.room), 1)));
                    return Poll::Ready(Ok(()));
                }
                Step::Rest(rest) => {
                    ready!(rest.as_mut().poll(context));
                    input.step = Step::Ended;
                }
                Step::Ended => return Poll::Ready(Ok(())),
            }
        }
    }
}

pub struct Output {
    to: Stdout,
    trouble: Trouble,
}

impl Output {
    fn keep<T>(&self, written: Poll<Result<T, Error>>) -> Poll<Result<T, Error>> {
        written.map_err(|error| {
            let again = Error::new(error.kind(), error.to_string());
            self.trouble.keep(Failure::from(error));
            again
        })
    }
}

impl AsyncWrite for Output {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<Result<usize, Error>> {
        let written = Pin::new(&mut self.to).poll_write(context, bytes);
        self.keep(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<(), Error>> {
        let flushed = Pin::new(&mut self.to).poll_flush(context);
        self.keep(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<(), Error>> {
        let closed = Pin::new(&mut self.to).poll_shutdown(context);
        self.keep(closed)
    }
}
