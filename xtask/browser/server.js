// A folder as a site on this machine, on a free port: pages remember the theme and load the search
// index as they do online.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');

const TYPES = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
};

/** Serves `folder`; gives the address and the function that ends it. */
exports.serve = folder => new Promise((resolve, reject) => {
    const root = path.resolve(folder);
    const server = http.createServer((request, response) => {
        const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const file = path.join(root, name.endsWith('/') ? `${name}index.html` : name);
        if (!file.startsWith(root + path.sep) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] || 'application/octet-stream' });
        fs.createReadStream(file).pipe(response);
    });
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve({
        address: `http://127.0.0.1:${server.address().port}/`,
        close: () => server.close(),
    }));
});
