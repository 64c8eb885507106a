//! Work that goes on to its end when the request that asked for it is gone.
//!
//! A future that is dropped between `BEGIN` and `COMMIT` leaves a connection behind whose state nobody knows
//! (<https://github.com/launchbadge/sqlx/issues/4385>), and a person whose connection broke would not know
//! whether their place was saved. So every write runs in a task of its own.

use std::pin::Pin;

use tokio::sync::oneshot;

use super::{LedgerRow, LedgerRule, Result, StoreError};

/// A boxed future, as the transactions of both engines take them.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Runs work to its end, whether or not somebody still waits for it.
pub(super) async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down; what was not committed is rolled back.
            Err(_) => Err(StoreError::Database(sqlx::Error::WorkerCrashed)),
        },
    }
}

/// Asks a rule that stays with the caller.
pub(super) struct Judge {
    rows: oneshot::Sender<Vec<LedgerRow>>,
    verdict: oneshot::Receiver<std::result::Result<(), String>>,
}

impl Judge {
    /// What the rule says of the rows. A caller who is gone agrees to nothing.
    pub(super) async fn decide(self, rows: Vec<LedgerRow>) -> std::result::Result<(), String> {
        let gone = || Err("nobody waits for the answer any more".to_owned());
        if self.rows.send(rows).is_err() {
            return gone();
        }
        self.verdict.await.unwrap_or_else(|_| gone())
    }
}

/// Runs work that needs the verdict of a rule. The rule may borrow and so cannot move into the work's task:
/// question and answer go back and forth instead.
pub(super) async fn judged<T, F: Future<Output = Result<T>>>(
    rule: LedgerRule<'_>,
    work: impl FnOnce(Judge) -> F,
) -> Result<T> {
    let (rows, asked) = oneshot::channel::<Vec<LedgerRow>>();
    let (answer, verdict) = oneshot::channel();
    let answering = async {
        if let Ok(rows) = asked.await {
            // The work may have failed meanwhile; its own error says so.
            let _ = answer.send(rule(&rows));
        }
    };
    let (done, ()) = tokio::join!(work(Judge { rows, verdict }), answering);
    done
}
