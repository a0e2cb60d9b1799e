// The search finds what is asked for.
'use strict';

/** What is typed, and the page one of the first three results must lead to. */
const QUERIES = [
    ['backpropagation', 'glossary.html'],
    ['LayerNorm', 'glossary.html'],
    ['注意力', 'glossary.html'],
    ['反向传播', 'glossary.html'],
    ['KV cache', 'generation.html'],
    ['layer norm', 'transformer.html'],
    ['gradient checking', 'backprop.html'],
];

const results = async page => {
    await page.waitForFunction(
        () => document.querySelector('#mdbook-searchresults-header').textContent !== ''
            && !document.querySelector('#mdbook-searchbar-outer').classList.contains('searching'),
        null, { timeout: 20000 });
    return page.$$eval('#mdbook-searchresults a', links => links.map(link => link.getAttribute('href')));
};

/** Faults of the search. */
exports.search = async (page, address) => {
    const faults = [];
    for (const [query, wanted] of QUERIES) {
        // Typed, and as an address that one may send to a friend.
        await page.goto(`${address}index.html`);
        await page.keyboard.press('s');
        await page.locator('#mdbook-searchbar').pressSequentially(query);
        const typed = await results(page);
        await page.goto(`${address}index.html?search=${encodeURIComponent(query)}`);
        const linked = await results(page);
        for (const [way, found] of [['typed', typed], ['in the address', linked]]) {
            if (!found.slice(0, 3).some(href => href.includes(wanted))) {
                faults.push(`search: “${query}” ${way} does not lead to ${wanted} but to ${found.slice(0, 3)}`);
            }
        }
    }
    // All words, not any: nothing holds a word of the book and one that no language has.
    await page.goto(`${address}index.html?search=${encodeURIComponent('attention xqzv')}`);
    const found = await results(page);
    if (found.length > 0) {
        faults.push(`search: “attention xqzv” finds ${found.length} sections that hold one of the words only`);
    }
    return faults;
};
