// axe-core on a page, in a theme.
'use strict';
const fs = require('fs');
const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is found and cannot be mended here, with the reason. Nothing else is let through. */
const ALLOWED = [];

const allowed = (rule, node) => ALLOWED.some(entry => entry.rule === rule && node.html.includes(entry.html));

/** The rules about colours, the only thing in which themes differ. */
const COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Gives `{rule, impact, nodes}` for each rule that is broken: of all rules, or of those `aboutColours` only. */
exports.axe = async (page, aboutColours) => {
    await page.evaluate(source);
    const options = { resultTypes: ['violations'], ...(aboutColours ? COLOURS : {}) };
    const result = await page.evaluate(options => window.axe.run(document, options), options);
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
