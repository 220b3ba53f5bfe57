//! What OPPO counts: the quota of the day and the statistics of a message (OPPO reference, section 4.5). The names in its
//! answers are not confirmed.

use super::Call;
use super::ask::Question;

impl Question {
    pub(crate) fn push_permit() -> Question {
        Question::new(Call::PushPermit)
    }

    /// Without a task, of all that was sent of the message.
    pub(crate) fn statistics(message_id: &str, task_id: Option<&str>) -> Question {
        let question = Question::new(Call::Statistics).with("message_id", message_id);
        match task_id {
            Some(task_id) => question.with("task_id", task_id),
            None => question,
        }
    }
}
