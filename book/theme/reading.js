// Two things that a style sheet cannot do.
(function () {
    'use strict';

    // On a phone the top bar names the chapter instead of the book (book.css chooses).
    const title = document.querySelector('.menu-title');
    const heading = document.querySelector('main h1');
    if (title && heading) {
        const named = (name, text) => {
            const span = document.createElement('span');
            span.className = name;
            span.textContent = text;
            return span;
        };
        title.replaceChildren(named('book', title.textContent), named('chapter', heading.textContent));
    }

    // Folded answers are printed. Browsers that know ::details-content do it by paper.css.
    let opened = [];
    window.addEventListener('beforeprint', () => {
        opened = [...document.querySelectorAll('details:not([open])')];
        opened.forEach(details => { details.open = true; });
    });
    window.addEventListener('afterprint', () => {
        opened.forEach(details => { details.open = false; });
    });
})();
