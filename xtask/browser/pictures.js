// Pictures of a page, to be looked at: in pieces, since a chapter is longer than a picture may be.
'use strict';
const path = require('path');

const PIECE = 3600;

/** Saves `<page>-<name>-<number>.png` into `folder`. */
exports.pictures = async (page, folder, file, name) => {
    const { width, height } = await page.evaluate(() => ({
        width: innerWidth,
        height: document.documentElement.scrollHeight,
    }));
    for (let i = 0; i * PIECE < height; i += 1) {
        await page.screenshot({
            path: path.join(folder, `${file.replace(/\.html$/, '').replaceAll('/', '-')}-${name}-${i + 1}.png`),
            fullPage: true,
            clip: { x: 0, y: i * PIECE, width, height: Math.min(PIECE, height - i * PIECE) },
        });
    }
};
