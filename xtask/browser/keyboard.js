// What a mouse or a finger does, keys and fingers can do.
'use strict';

/** Presses Tab until the element with this selector has the focus. */
const tabTo = async (page, selector, limit) => {
    for (let i = 0; i < limit; i += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(css => document.activeElement.matches(css), selector)) {
            return true;
        }
    }
    return false;
};

/** Faults for somebody without a mouse. `page` is a chapter at desktop width. */
exports.keyboard = async (page, address) => {
    const faults = [];
    await page.goto(`${address}attention.html`);
    const open = () => page.evaluate(() => document.documentElement.classList.contains('sidebar-visible'));
    if (await tabTo(page, '#mdbook-sidebar-toggle', 80)) {
        for (const key of ['Enter', 'Space']) {
            const before = await open();
            await page.keyboard.press(key);
            if (await open() === before) {
                faults.push(`keyboard: ${key} does not switch the sidebar`);
            }
            const told = await page.getAttribute('#mdbook-sidebar-toggle', 'aria-expanded');
            if (told !== String(await open())) {
                faults.push(`keyboard: after ${key} the sidebar's button says aria-expanded=${told}`);
            }
        }
    } else {
        faults.push('keyboard: Tab does not reach the button of the sidebar');
    }
    if (!await tabTo(page, 'main .clip-button', 60)) {
        faults.push('keyboard: Tab does not reach the copy button of a listing');
    } else if (await page.evaluate(() => getComputedStyle(document.activeElement.parentElement).opacity) !== '1') {
        // Transitions are off in the checks, so it is there at once or not at all.
        faults.push('keyboard: the copy button has the focus and cannot be seen');
    }
    // A fold opens by key, with scripts or without: it is a <details>.
    await page.goto(`${address}recurrence.html`);
    if (!await tabTo(page, 'details.guess > summary', 60)) {
        faults.push('keyboard: Tab does not reach the fold of the first picture');
    } else {
        await page.keyboard.press('Enter');
        if (!await page.evaluate(() => document.activeElement.parentElement.open)) {
            faults.push('keyboard: Enter does not open the fold of the first picture');
        }
    }
    return faults;
};

/** Faults for somebody with fingers. `page` is a phone. */
exports.touch = async (page, address) => {
    const faults = [];
    await page.goto(`${address}attention.html`);
    const button = page.locator('main .clip-button').first();
    await button.scrollIntoViewIfNeeded();
    const style = await button.evaluate(element => {
        const { visibility, opacity } = getComputedStyle(element.parentElement);
        return `${visibility} ${opacity}`;
    });
    if (style !== 'visible 1') {
        faults.push(`touch: the copy button is ${style} before it is touched`);
    } else {
        await button.tap();
        const said = await button.textContent();
        if (said !== 'Copied!') {
            faults.push(`touch: the copy button, touched, says “${said}”`);
        }
    }
    const bar = await page.locator('.menu-title').innerText();
    if (bar !== 'Attention') {
        faults.push(`phone: the bar at the top says “${bar}”, not the chapter`);
    }
    return faults;
};
