// Opens every page of the built book in Chromium and says what is wrong.
//
//     node check.js BOOK CHROMIUM [--pictures FOLDER] [--only TEXT]
//
// `cargo x browser` calls it, and finds or installs what it needs. Ends with 1 if anything is wrong.
'use strict';
const fs = require('fs');
const { parseArgs } = require('util');
const { chromium } = require('playwright-core');
const { axe } = require('./axe.js');
const { keyboard, touch } = require('./keyboard.js');
const { layout } = require('./layout.js');
const { pages, samples } = require('./pages.js');
const { pictures } = require('./pictures.js');
const { print } = require('./print.js');
const { search } = require('./search.js');
const { serve } = require('./server.js');

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Nothing of the browser's own goes to the network. */
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Where a page is looked at: a name, the screen, the theme. */
const LOOKS = [
    ...['light', 'rust', 'coal', 'navy', 'ayu'].map(theme => [theme, DESKTOP, theme]),
    ['phone', PHONE, 'light'],
    ['phone navy', PHONE, 'navy'],
];
/** Where everything is asked of a page; elsewhere only what is about colours. */
const WHOLE = ['light', 'phone'];
/** Tabs that are open at once. */
const TABS = 2;
const SAMPLE_LOOKS = LOOKS.filter(([name]) => ['light', 'navy', 'phone'].includes(name));
const PICTURED = ['light', 'navy', 'phone'];

async function main() {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: { pictures: { type: 'string' }, only: { type: 'string' } },
    });
    const [book, executablePath] = positionals;
    if (values.pictures) {
        fs.mkdirSync(values.pictures, { recursive: true });
    }
    const site = await serve(book);
    const browser = await chromium.launch({ executablePath, args: QUIET });
    const faults = [];
    const table = new Map();

    /** A tab in a theme, without motion, that tells what goes wrong in it. */
    const open = async (screen, theme) => {
        const context = await browser.newContext({
            ...screen, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'],
        });
        await context.addInitScript(name => localStorage.setItem('mdbook-theme', name), theme);
        await context.addInitScript(() => addEventListener('DOMContentLoaded', () => {
            const still = document.createElement('style');
            still.textContent = '*, ::before, ::after { transition: none !important; animation: none !important; }';
            document.head.append(still);
        }));
        await context.route('**/*', route => {
            const url = route.request().url();
            if (url.startsWith(site.address) || url.startsWith('data:')) {
                return route.continue();
            }
            faults.push(`a page asks for ${url}`);
            return route.abort();
        });
        const page = await context.newPage();
        const place = () => page.url().replace(site.address, '');
        page.on('console', message => message.type() === 'error' && faults.push(`${place()}: console: ${message.text()}`));
        page.on('pageerror', error => faults.push(`${place()}: ${error}`));
        page.on('response', answer => answer.status() >= 400 && faults.push(`${place()}: ${answer.url()} answers ${answer.status()}`));
        return page;
    };

    const wanted = name => !values.only || name.includes(values.only);
    const looked = [...pages(book).map(name => [name, LOOKS]), ...samples(book).map(name => [name, SAMPLE_LOOKS])]
        .filter(([name]) => wanted(name));
    const lookAtAll = async look => {
        const [name, screen, theme] = look;
        const page = await open(screen, theme);
        const files = looked.filter(([, looks]) => looks.includes(look)).map(([file]) => file);
        for (const file of files) {
            await page.goto(site.address + file, { waitUntil: 'load' });
            if (values.pictures && PICTURED.includes(name)) {
                await pictures(page, values.pictures, file, name);
            }
            for (const { rule, nodes } of await axe(page, !WHOLE.includes(name))) {
                const row = table.get(rule) || new Map();
                row.set(name, (row.get(name) || 0) + nodes.length);
                table.set(rule, row);
                faults.push(`${file} (${name}): ${rule}, ${nodes.length} times: ${nodes[0].target}: ${nodes[0].why}`);
            }
            if (name === 'phone') {
                faults.push(...(await layout(page)).map(fault => `${file} (${name}): ${fault}`));
            }
        }
        await page.context().close();
        console.log(`  ${name}: ${files.length} pages`);
    };
    // The longest first; each tab takes the next look when it is done with one.
    const waiting = [...LOOKS].sort((a, b) => WHOLE.includes(b[0]) - WHOLE.includes(a[0]));
    await Promise.all(Array.from({ length: TABS }, async () => {
        while (waiting.length > 0) {
            await lookAtAll(waiting.shift());
        }
    }));

    if (!values.only) {
        const checks = { search: [search, DESKTOP], keyboard: [keyboard, DESKTOP], touch: [touch, PHONE], print: [print, DESKTOP] };
        for (const [name, [check, screen]] of Object.entries(checks)) {
            const page = await open(screen, 'light');
            faults.push(...await check(page, site.address).catch(error => [`${name}: ${error}`]));
            await page.context().close();
        }
    }
    await browser.close();
    site.close();

    console.log(`\naxe-core, places by rule and look:\n${'rule'.padEnd(30)}${LOOKS.map(([name]) => name.padStart(11)).join('')}`);
    for (const [rule, row] of [...table].sort()) {
        console.log(rule.padEnd(30) + LOOKS.map(([name]) => String(row.get(name) || 0).padStart(11)).join(''));
    }
    if (table.size === 0) {
        console.log('nothing');
    }
    // What is missing on every page is missing once.
    const different = [...new Set(faults)].sort();
    if (different.length > 0) {
        console.log(`\n${different.length} faults:\n${different.join('\n')}`);
        process.exitCode = 1;
    }
}

main().catch(error => {
    console.error(error);
    process.exitCode = 1;
});
