// Which pages of the built book are looked at.
'use strict';
const fs = require('fs');
const path = require('path');

const html = (folder, name = '') => fs.readdirSync(path.join(folder, name), { withFileTypes: true })
    .flatMap(entry => entry.isDirectory()
        ? html(folder, path.posix.join(name, entry.name))
        : entry.name.endsWith('.html') ? [path.posix.join(name, entry.name)] : []);

/** `count` of the names, evenly spread. */
const some = (names, count) => names.length <= count ? names
    : Array.from({ length: count }, (_, i) => names[Math.floor(i * names.length / count)]);

/** The chapters and the other pages that are read one by one; not the frame for browsers without
 * scripts, the page of unknown addresses, nor the one that holds the whole book for printing. */
exports.pages = book => html(book)
    .filter(name => !name.includes('/') && !['toc.html', '404.html', 'print.html'].includes(name))
    .sort();

/** A sample of what is made of files: pages of code and of notebooks. They are all made alike. */
exports.samples = book => {
    const deep = html(book).filter(name => name.includes('/')).sort();
    const kinds = [...new Set(deep.map(name => name.split('/')[0]))];
    return kinds.flatMap(kind => some(deep.filter(name => name.startsWith(`${kind}/`)), 5));
};
