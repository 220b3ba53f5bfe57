//! What may go on at the same time: cases on one target run in the order of their files, others beside each other.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Groups numbers by their key, in the order in which each key is met first.
pub(super) fn groups(keys: &[String]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (number, key) in keys.iter().enumerate() {
        match groups.iter_mut().find(|(known, _)| known == key) {
            Some((_, group)) => group.push(number),
            None => groups.push((key, vec![number])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Runs each group from its first to its last, at most `jobs` groups at a time.
pub(super) async fn run<F: Future<Output = ()>>(
    groups: Vec<Vec<usize>>,
    jobs: usize,
    one: impl Fn(usize) -> F,
) {
    let open: RefCell<VecDeque<Vec<usize>>> = RefCell::new(groups.into());
    let worker = || async {
        loop {
            let next = open.borrow_mut().pop_front();
            let Some(group) = next else { break };
            for number in group {
                one(number).await;
            }
        }
    };
    let mut workers: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
    for _ in 0..jobs.max(1) {
        workers.push(Box::pin(worker()));
    }
    poll_fn(move |context| {
        workers.retain_mut(|worker| worker.as_mut().poll(context).is_pending());
        if workers.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn keys(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn one_lane_for_each_target() {
        assert_eq!(groups(&keys("a b a c b a")), [vec![0, 2, 5], vec![1, 4], vec![3]]);
    }

    #[test]
    fn lanes_run_beside_each_other_and_each_in_its_order() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for jobs in [1, 2, 9] {
            let (done, at_once, most) = (RefCell::new(Vec::new()), Cell::new(0), Cell::new(0));
            runtime.block_on(run(groups(&keys("a b a c b a")), jobs, |number| {
                let (done, at_once, most) = (&done, &at_once, &most);
                async move {
                    at_once.set(at_once.get() + 1);
                    most.set(most.get().max(at_once.get()));
                    tokio::task::yield_now().await;
                    at_once.set(at_once.get() - 1);
                    done.borrow_mut().push(number);
                }
            }));
            let done = done.into_inner();
            let place = |number| done.iter().position(|one| *one == number).unwrap();
            assert_eq!(done.len(), 6);
            assert!(place(0) < place(2) && place(2) < place(5) && place(1) < place(4), "{done:?}");
            assert_eq!(most.get(), jobs.min(3), "{jobs} jobs");
        }
    }
}
