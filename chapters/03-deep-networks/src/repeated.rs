//! The same layer several times, each with parameters of its own.

use dfdx::prelude::{ConstDim, Device, Dtype, ModuleVisitor, TensorCollection};

// ANCHOR: repeated
/// `Count` layers of one kind. Their names are their places: "0", "1", ….
#[derive(Debug, Clone)]
pub struct Repeated<Layer, Count: ConstDim> {
    /// The layers, first to last.
    pub modules: Vec<Layer>,
    /// How many: the one value of its type.
    pub count: Count,
}

impl<E: Dtype, D: Device<E>, Layer: TensorCollection<E, D>, Count: ConstDim> TensorCollection<E, D>
    for Repeated<Layer, Count>
{
    type To<E2: Dtype, D2: Device<E2>> = Repeated<Layer::To<E2, D2>, Count>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        let names: Vec<String> = (0..Count::SIZE).map(|place| place.to_string()).collect();
        let layer = |place: usize| {
            Self::module(&names[place], move |s| &s.modules[place], move |s| &mut s.modules[place])
        };
        visitor.visit_fields((0..Count::SIZE).map(layer).collect::<Vec<_>>(), |modules| Repeated {
            modules,
            count: Count::default(),
        })
    }
}
// ANCHOR_END: repeated
