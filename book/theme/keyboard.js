// Everything that a mouse reaches can be reached by Tab.
(function () {
    'use strict';

    // mdBook opens its sidebar by a <label>, which no key reaches. A button in its place does the
    // same: it switches the checkbox that the label belonged to.
    const label = document.getElementById('mdbook-sidebar-toggle');
    const box = document.getElementById('mdbook-sidebar-toggle-anchor');
    const sidebar = document.getElementById('mdbook-sidebar');
    if (label && box && sidebar) {
        const button = document.createElement('button');
        button.type = 'button';
        for (const name of ['id', 'class', 'title', 'aria-label', 'aria-controls']) {
            button.setAttribute(name, label.getAttribute(name));
        }
        button.append(...label.childNodes);
        label.replaceWith(button);
        button.addEventListener('click', () => box.click());
        // The sidebar can also be opened by a swipe: it knows whether it is.
        const tell = () => button.setAttribute('aria-expanded', sidebar.getAttribute('aria-hidden') !== 'true');
        new MutationObserver(tell).observe(sidebar, { attributeFilter: ['aria-hidden'] });
        tell();
    }

    // The bar at the top is the page's banner: readers of a screen can jump over it.
    document.getElementById('mdbook-menu-bar')?.setAttribute('role', 'banner');

    // What scrolls sideways can be scrolled by keys once it can be focused.
    const wide = document.querySelectorAll('main pre > code, .table-wrapper, .katex-display');
    const update = () => {
        for (const element of wide) {
            if (element.scrollWidth > element.clientWidth) {
                element.tabIndex = 0;
            } else {
                element.removeAttribute('tabindex');
            }
        }
    };
    // A folded listing has no width until it is opened.
    document.addEventListener('toggle', update, true);
    window.addEventListener('resize', update);
    window.addEventListener('load', update);
    update();
})();
