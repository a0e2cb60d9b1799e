//! Random inputs, and what one version of an operation makes of them.

use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, CpuError, Gradients, OwnedTape, PutTape, Rank0, RecursiveWalker,
    Shape, SumTo, Tensor, TensorCollection, TensorFromVec, TensorOptions, TensorVisitor, ViewTensorMut,
    ViewTensorRef,
};
use kernels::Kernels;
use std::marker::PhantomData;
use tensors::{Real, seeds};

/// One random case.
#[derive(Debug, Clone)]
pub struct Case {
    pub batch: usize,
    pub seq: usize,
    /// Probability that dropout zeroes a number.
    pub zeroed: f64,
    pub seed: u64,
}

impl Case {
    pub fn rows(&self) -> usize {
        self.batch * self.seq
    }

    /// Dropout as every version meets it: with the same draws to come.
    pub fn dropout(&self) -> Dropout {
        if self.zeroed > 0.0 { Dropout::new(self.zeroed, self.seed) } else { Dropout::off() }
    }

    /// Random numbers that `f32` holds exactly, so that all versions read the same.
    pub fn numbers(&self, count: usize, stream: u64, size: f32) -> Vec<f64> {
        let values: Vec<f32> = seeds::normal(&mut seeds::generator(self.seed ^ stream << 32), count, size);
        values.into_iter().map(f64::from).collect()
    }
}

/// The output of an operation, and the gradients of a weighted sum of it: by its input, then by its
/// parameters.
#[derive(Debug)]
pub struct Found {
    pub output: Vec<f64>,
    pub slopes: Vec<Vec<f64>>,
}

pub fn wide<E: Real>(numbers: Vec<E>) -> Vec<f64> {
    numbers.into_iter().map(|x| x.to_f64().expect("a float is a float")).collect()
}

pub fn narrow<E: Real>(numbers: &[f64]) -> Vec<E> {
    numbers.iter().map(|&x| E::of(x)).collect()
}

/// Runs `part` of `module`, filled with `parameters`, on `x`, and backwards from the sum of its
/// outputs times `weights`.
pub fn found<
    const IN: usize,
    const OUT: usize,
    E: Real,
    M: BuildModule<Cpu, E> + TensorCollection<E, Cpu>,
>(
    case: &Case,
    x: &[f64],
    parameters: &[Vec<f64>],
    weights: &[f64],
    part: impl Fn(
        Sequences<Const<IN>, E, Cpu, OwnedTape<E, Cpu>>,
        &M,
        &mut Dropout,
    ) -> Sequences<Const<OUT>, E, Cpu, OwnedTape<E, Cpu>>,
) -> Found
where
    Cpu: Kernels<E>,
{
    let dev = Cpu::default();
    let mut module = M::build(&dev);
    fill(&mut module, parameters);
    let x = dev.tensor_from_vec(narrow(x), (case.batch, case.seq, Const::<IN>));
    let y = part(x.clone().put_tape(OwnedTape::default()), &module, &mut case.dropout());
    let output = wide(y.as_vec());
    let weights = dev.tensor_from_vec(narrow(weights), (case.batch, case.seq, Const::<OUT>));
    let gradients = (y * weights).sum::<Rank0, _>().backward();
    let mut slopes = vec![wide(gradients.get(&x).as_vec())];
    let mut collect = Collect(&gradients, &mut slopes);
    M::iter_tensors(&mut RecursiveWalker { m: &module, f: &mut collect }).expect("memory");
    Found { output, slopes }
}

/// Fills a module with numbers.
pub fn fill<E: Real, M: TensorCollection<E, Cpu>>(module: &mut M, numbers: &[Vec<f64>])
where
    Cpu: Kernels<E>,
{
    let mut fill = Fill(numbers.iter(), PhantomData);
    M::iter_tensors(&mut RecursiveWalker { m: module, f: &mut fill }).expect("memory");
}

/// Every number of a module.
pub fn all_numbers<E: Real, M: TensorCollection<E, Cpu>>(module: &M) -> Vec<f64>
where
    Cpu: Kernels<E>,
{
    let mut read = Read(Vec::new());
    M::iter_tensors(&mut RecursiveWalker { m: module, f: &mut read }).expect("memory");
    read.0
}

/// Gathers the numbers of every tensor of a module.
struct Read(Vec<f64>);

impl<E: Real> TensorVisitor<E, Cpu> for Read
where
    Cpu: Kernels<E>,
{
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = E;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, Cpu>,
        parameter: &Tensor<S, E, Cpu>,
    ) -> Result<Option<Tensor<S, E, Cpu>>, CpuError> {
        self.0.extend(wide(parameter.as_vec()));
        Ok(None)
    }
}

/// Writes numbers into every tensor of a module, in the order of its fields.
struct Fill<'a, E>(std::slice::Iter<'a, Vec<f64>>, PhantomData<E>);

impl<E: Real> TensorVisitor<E, Cpu> for Fill<'_, E>
where
    Cpu: Kernels<E>,
{
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = E;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, Cpu>,
        parameter: &mut Tensor<S, E, Cpu>,
    ) -> Result<Option<Tensor<S, E, Cpu>>, CpuError> {
        parameter.copy_from(&narrow::<E>(self.0.next().expect("numbers for every tensor")));
        Ok(None)
    }
}

/// Gathers the gradients of every tensor of a module.
struct Collect<'a, E: Real>(&'a Gradients<E, Cpu>, &'a mut Vec<Vec<f64>>)
where
    Cpu: Kernels<E>;

impl<E: Real> TensorVisitor<E, Cpu> for Collect<'_, E>
where
    Cpu: Kernels<E>,
{
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = E;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, Cpu>,
        parameter: &Tensor<S, E, Cpu>,
    ) -> Result<Option<Tensor<S, E, Cpu>>, CpuError> {
        self.1.push(wide(self.0.get(parameter).as_vec()));
        Ok(None)
    }
}

/// The largest number of some lists, and no less than 1.
pub fn size(lists: &[Vec<f64>]) -> f64 {
    lists.iter().flatten().fold(1.0_f64, |size, x| size.max(x.abs()))
}

/// The largest difference of two lists.
pub fn difference(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let far = |(a, b): (&f64, &f64)| if a.is_nan() { f64::INFINITY } else { (a - b).abs() };
    ours.iter().zip(theirs).map(far).fold(0.0, f64::max)
}

/// The largest difference of two lists, as a share of the second's largest number (of 1 where all
/// are smaller).
pub fn distance(ours: &[f64], theirs: &[f64]) -> f64 {
    difference(ours, theirs) / size(&[theirs.to_vec()])
}

/// Slopes of `value` by every number of `inputs`, by central differences.
pub fn central_differences(inputs: &[Vec<f64>], value: impl Fn(&[Vec<f64>]) -> f64) -> Vec<Vec<f64>> {
    let h = 1e-5; // the difference is wrong by h² times the third derivative, and by rounding / h: both about 1e-10
    let mut at = inputs.to_vec();
    let mut slopes: Vec<Vec<f64>> = Vec::new();
    for list in 0..inputs.len() {
        slopes.push(Vec::new());
        for i in 0..inputs[list].len() {
            let mut moved = |step: f64| {
                at[list][i] = inputs[list][i] + step;
                let value = value(&at);
                at[list][i] = inputs[list][i];
                value
            };
            let slope = (moved(h) - moved(-h)) / (2.0 * h);
            slopes[list].push(slope);
        }
    }
    slopes
}
