//! The judge of `topological_order`.

#[cfg_attr(feature = "exercises", path = "../../exercises/topological_order.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/topological_order.rs")]
mod answer;
#[path = "../../exercises/wrong/topological_order-as-written.rs"]
mod as_written;
#[path = "../../exercises/wrong/topological_order-from-node-0-only.rs"]
mod from_node_0_only;
#[path = "../../exercises/wrong/topological_order-users-first.rs"]
mod users_first;
#[path = "../../exercises/wrong/topological_order-visits-twice.rs"]
mod visits_twice;

fn judge(topological_order: fn(&[Vec<usize>]) -> Vec<usize>) {
    let graphs = [
        vec![vec![3, 1], vec![3], vec![0, 1], vec![], vec![2, 3], vec![]],
        // A chain from the last to the first, and the other way.
        vec![vec![], vec![0], vec![1]],
        vec![vec![1], vec![2], vec![]],
        vec![],
    ];
    for graph in graphs {
        let order = topological_order(&graph);
        for node in 0..graph.len() {
            let times = order.iter().filter(|other| **other == node).count();
            assert!(
                times == 1,
                "for {graph:?} node {node} must be in the order once, not {times} times: {order:?}"
            );
        }
        let place = |node: usize| order.iter().position(|other| *other == node);
        for (node, inputs) in graph.iter().enumerate() {
            for &input in inputs {
                assert!(
                    place(input) < place(node),
                    "for {graph:?} {input} is an input of {node} and must come before it: {order:?}"
                );
            }
        }
        assert_eq!(order.len(), graph.len(), "for {graph:?} there are nodes that are none: {order:?}");
    }
}

#[test]
fn topological_order() {
    judge(answer::topological_order);
}

#[test]
#[should_panic(expected = "is an input of")]
fn users_first() {
    judge(users_first::topological_order);
}

#[test]
#[should_panic(expected = "must be in the order once, not")]
fn visits_twice() {
    judge(visits_twice::topological_order);
}

#[test]
#[should_panic(expected = "is an input of")]
fn as_written() {
    judge(as_written::topological_order);
}

#[test]
#[should_panic(expected = "must be in the order once, not 0 times")]
fn from_node_0_only() {
    judge(from_node_0_only::topological_order);
}
