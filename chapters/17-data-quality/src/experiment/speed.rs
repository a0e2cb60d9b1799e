use super::setup::*;
use anyhow::Result;
pub fn speed(args: &[&str]) -> Result<()> {
    let (docs, lr): (usize, f64) = (args[0].parse()?, args[1].parse()?);
    let lab = Lab::new()?;
    let stories = Stream::Clean(1).stories(docs);
    let n: Vec<usize> = stories.iter().take(500).map(|s| data_quality::reading::as_read(s, &lab.tokenizer, 1000).len()).collect();
    eprintln!("params {} tokens mean {} max {}", SHAPE.total(), n.iter().sum::<usize>() / 500, n.iter().max().unwrap());
    let (model, _): (Model, usize) = lab.read(&stories.iter().collect::<Vec<_>>(), 1, lr);
    let t = std::time::Instant::now();
    let costs = lab.judge(&model, &lab.validation)?;
    let kinds = above(&costs);
    println!("docs {docs} lr {lr}: above {:.2}  {kinds:.2?} judge {:.1}", kinds.iter().sum::<f64>(), t.elapsed().as_secs_f64());
    Ok(())
}
