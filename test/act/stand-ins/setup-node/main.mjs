import process from 'node:process';

process.stdout.write(`Stand-in: Node ${process.versions.node}, as it is there.\n`);
