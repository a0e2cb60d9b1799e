// axe-core on a page, in a theme.
'use strict';
const fs = require('fs');
const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is found and cannot be mended here, with the reason. Nothing else is let through. */
const ALLOWED = [];

const allowed = (rule, node) => ALLOWED.some(entry => entry.rule === rule && node.html.includes(entry.html));

/** Gives `{rule, impact, nodes}` for each rule that is broken. */
exports.axe = async page => {
    await page.evaluate(source);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return result.violations
        .map(({ id, impact, nodes }) => ({
            rule: id,
            impact,
            nodes: nodes.filter(node => !allowed(id, node)).map(node => ({
                target: node.target.join(' '),
                html: node.html.slice(0, 160),
                why: [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ').slice(0, 200),
            })),
        }))
        .filter(({ nodes }) => nodes.length > 0);
};
