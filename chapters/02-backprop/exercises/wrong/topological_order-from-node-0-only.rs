//! Walks from node 0, and misses what node 0 does not need.

pub fn topological_order(inputs: &[Vec<usize>]) -> Vec<usize> {
    fn visit(node: usize, inputs: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[node], true) {
            return;
        }
        for &input in &inputs[node] {
            visit(input, inputs, seen, order);
        }
        order.push(node);
    }
    let (mut seen, mut order) = (vec![false; inputs.len()], Vec::new());
    visit(0, inputs, &mut seen, &mut order);
    order
}
