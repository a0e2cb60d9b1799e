// The book on paper.
'use strict';
const { spawnSync } = require('child_process');

/** An answer of “Check yourself” in Tensors, which is folded on the screen. */
const ANSWER = 'each of the 8 results sums 7 products';

/** Faults of what is printed; opens the page that holds the whole book. */
exports.print = async (page, address) => {
    const faults = [];
    // The page asks to be printed as soon as it is there.
    await page.addInitScript(() => { window.print = () => {}; });
    await page.goto(`${address}print.html`);
    // As a browser without scripts prints it, by the style sheet alone …
    await page.emulateMedia({ media: 'print' });
    const hidden = await page.$$eval('details', all => all
        .filter(details => ![...details.children].slice(1).every(child => child.checkVisibility()))
        .map(details => details.textContent.slice(0, 60)));
    if (hidden.length > 0) {
        faults.push(`print: ${hidden.length} folded answers are not printed, the first is “${hidden[0]}”`);
    }
    // … and as this one does.
    const pdf = await page.pdf({ preferCSSPageSize: true, timeout: 180000 });
    const text = spawnSync('pdftotext', ['-', '-'], { input: pdf, maxBuffer: 1 << 28 });
    if (text.error) {
        console.log('  pdftotext is not installed: the text of the PDF is not looked at.');
    } else {
        const words = text.stdout.toString().replace(/\s+/g, ' ');
        if (!words.includes(ANSWER)) {
            faults.push(`print: the PDF does not hold “${ANSWER}”`);
        }
        // A page's number stands on a line of its own; the first page has none.
        const pages = text.stdout.toString().split('\f').slice(0, -1);
        const bare = pages.map((page, i) => [i + 1, page.split('\n').map(line => line.trim())])
            .filter(([number, lines]) => number > 1 && !lines.includes(String(number)));
        if (bare.length > 0) {
            faults.push(`print: ${bare.length} of ${pages.length} pages lack their number, such as ${bare[0][0]}`);
        }
        console.log(`  print.html: ${pages.length} pages of paper`);
    }
    return faults;
};
