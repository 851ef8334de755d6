const block = 512;

/**
 * A ustar archive of `files` ({name, bytes}), the same for the same files: sorted, without times, owners or modes of the machine.
 * The system's tar differs too much from one machine to the next for that.
 */
export function createTar(files) {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.flatMap(({ name, bytes }) => [header(name, bytes.length), bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(name, sizeBytes) {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`${name} is longer than the 100 bytes a tar header has for a name.`);
  const bytes = Buffer.alloc(block);
  const octal = (value, length) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  bytes.write(name, 0);
  bytes.write(octal(0o644, 8), 100); // mode
  bytes.write(octal(0, 8), 108); // owner
  bytes.write(octal(0, 8), 116); // group
  bytes.write(octal(sizeBytes, 12), 124);
  bytes.write(octal(0, 12), 136); // time of change
  bytes.write(' '.repeat(8), 148); // the checksum counts itself as spaces
  bytes.write('0', 156); // a plain file
  bytes.write('ustar\x0000', 257);
  const checksum = bytes.reduce((sum, byte) => sum + byte, 0);
  bytes.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
