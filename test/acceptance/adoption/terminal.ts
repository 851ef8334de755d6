import { spawn } from 'node:child_process';

export type Said = {
  readonly line: string;
  /** Both streams, as they came. */
  readonly text: string;
  readonly status: number;
};

/** Where somebody types. */
export type Terminal = {
  /** Runs a line in a shell to its end; `hear` gets everything it has said so far, each time that it says more. Never throws for its status. */
  type(line: string, hear?: (text: string) => void): Promise<Said>;
};

/** A terminal in `folder`. This process is not held up by what is typed: it may be who answers it. */
export function openTerminal(options: { readonly folder: string; readonly env: () => Readonly<Record<string, string>> }): Terminal {
  return {
    type: (line, hear) =>
      new Promise((resolve, reject) => {
        const child = spawn('sh', ['-c', `{ ${line}\n} 2>&1`], { cwd: options.folder, env: { PATH: process.env['PATH'], ...options.env() }, stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        child.stdout.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          hear?.(text);
        });
        child.on('error', reject);
        child.on('close', (code) => resolve({ line, text, status: code ?? 1 }));
      }),
  };
}
