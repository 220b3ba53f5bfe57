//! Names the process that began a delivery, so that one which died is distinguished from one still waiting for its answer.
//! What follows from that belongs to `deliveries`.

/// This process: PID namespace, PID and start time, so that a PID used again is not taken for it. Empty where the
/// system does not tell (no /proc).
pub(super) fn this() -> String {
    name("self").unwrap_or_default()
}

/// Whether the process of that name has surely ended. `false` if that is unknown.
pub(super) fn has_ended(who: &str) -> bool {
    let mut parts = who.split_whitespace();
    let (Some(namespace), Some(pid), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    // In another PID namespace (another container) the number means somebody else.
    if own_namespace().as_deref() != Some(namespace) {
        return false;
    }
    name(pid).as_deref() != Some(who)
}

fn name(pid: &str) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field, the program's name in parentheses, may itself hold spaces and parentheses.
    let (head, tail) = stat.rsplit_once(')')?;
    let number = head.split_whitespace().next()?;
    let mut tail = tail.split_whitespace();
    // A zombie has ended, though its entry is still there.
    let state = tail.next()?;
    if state == "Z" || state == "X" {
        return None;
    }
    let started = tail.nth(18)?;
    Some(format!("{} {number} {started}", own_namespace()?))
}

fn own_namespace() -> Option<String> {
    let link = std::fs::read_link("/proc/self/ns/pid").ok()?;
    Some(link.to_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn this_process_has_not_ended_and_a_child_has_once_it_is_gone() {
        assert!(!has_ended(&this()));
        let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let who = name(&child.id().to_string()).unwrap();
        assert!(!has_ended(&who));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(has_ended(&who));
    }

    #[test]
    fn a_pid_used_again_is_another_process() {
        let this = this();
        let (front, _) = this.rsplit_once(' ').unwrap();
        assert!(has_ended(&format!("{front} 1")));
    }

    #[test]
    fn an_unknown_process_has_not_surely_ended() {
        assert!(!has_ended(""));
        assert!(!has_ended("pid:[1] 4000000 5"));
    }
}
