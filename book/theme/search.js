// Search in Chinese, and for anything else that is not made of Latin words.
//
// mdBook's search (elasticlunr) cuts texts into words at blanks and keeps Latin letters only, so it
// has no entry for 注意力. Here a query with other letters goes through the texts of all sections,
// which the index holds anyway, and asks whether each of its words occurs.
(function () {
    'use strict';
    if (!window.elasticlunr) {
        return;
    }
    const byIndex = window.elasticlunr.Index.prototype.search;

    window.elasticlunr.Index.prototype.search = function (query, options) {
        // Everything from the Greek letters on: what the index cuts away.
        if (!/[\u0370-\uffff]/.test(query)) {
            return byIndex.call(this, query, options);
        }
        const words = query.toLowerCase().split(/\s+/).filter(word => word !== '');
        const found = [];
        for (const [ref, doc] of Object.entries(this.documentStore.docs)) {
            const title = doc.title.toLowerCase();
            const text = title + ' ' + doc.body.toLowerCase();
            if (words.every(word => text.includes(word))) {
                // A heading counts more than a text, and a word that comes often more than one that
                // comes once.
                const times = words.reduce((sum, word) => sum + text.split(word).length - 1, 0);
                found.push({ ref, doc, score: times + (words.some(word => title.includes(word)) ? 100 : 0) });
            }
        }
        return found.sort((a, b) => b.score - a.score);
    };

    // Search answers to keys. Words that are put together by an input method, or pasted, come without
    // one.
    const bar = document.getElementById('mdbook-searchbar');
    bar?.addEventListener('input', event => {
        if (!event.isComposing) {
            bar.dispatchEvent(new KeyboardEvent('keyup'));
        }
    });
    bar?.addEventListener('compositionend', () => bar.dispatchEvent(new KeyboardEvent('keyup')));
})();
