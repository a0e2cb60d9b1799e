// What must fit on a phone.
'use strict';

/** Pixels: below, people zoom, and the caption is then out of sight. */
const SMALLEST_TEXT = 11;

/** Faults of a page that is open at the width of a phone. */
exports.layout = page => page.evaluate(smallest => {
    const faults = [];
    document.querySelectorAll('details').forEach(details => { details.open = true; });

    for (const element of [document.documentElement, document.querySelector('.content')]) {
        if (element && element.scrollWidth > element.clientWidth + 1) {
            const limit = element.clientWidth + 1;
            const scrolls = e => e !== element && getComputedStyle(e).overflowX !== 'visible';
            const inside = e => { for (; e && e !== element; e = e.parentElement) if (scrolls(e)) return true; return false; };
            const beyond = e => e.getBoundingClientRect().right > limit;
            const wide = [...element.querySelectorAll('*')]
                .find(e => beyond(e) && ![...e.children].some(beyond) && !inside(e.parentElement));
            faults.push(`wider than the screen by ${element.scrollWidth - element.clientWidth} px: `
                + (wide ? wide.outerHTML.slice(0, 100) : element.tagName));
        }
    }

    document.querySelectorAll('figure').forEach(figure => {
        let least = Infinity;
        let text = '';
        for (const element of figure.querySelectorAll('svg text, svg tspan')) {
            const matrix = element.getScreenCTM();
            const scale = Math.hypot(matrix.a, matrix.b);
            const size = parseFloat(getComputedStyle(element).fontSize) * scale;
            if (element.textContent.trim() !== '' && size < least) {
                least = size;
                text = element.textContent.trim();
            }
        }
        if (least < smallest - 0.05) {
            const caption = (figure.querySelector('figcaption') || figure).textContent.trim().slice(0, 60);
            faults.push(`text of ${least.toFixed(1)} px (“${text.slice(0, 20)}”) in the figure “${caption}…”`);
        }
    });
    return faults;
}, SMALLEST_TEXT);
