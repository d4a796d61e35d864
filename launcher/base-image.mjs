// Says of an image in an archive, as 'docker save' and Jib write it, what it needs to be the base of a runtime: its processor, the folder of
// its Java (/opt/java, or what its JAVA_HOME says) and that one's version, with tabs between them and - for what it lacks.
// usage: node launcher/base-image.mjs ARCHIVE
import { closeSync, openSync, readSync } from 'node:fs';
import { posix } from 'node:path';
import * as zlib from 'node:zlib';

const BLOCK = 512;
const MOST_LINKS = 40;
// A `release` has some hundred bytes.
const KEPT = 65_536;

class Problem extends Error {}

const text = (bytes) => bytes.toString('utf8').replace(/\0.*$/s, '');
const padded = (size) => Math.ceil(size / BLOCK) * BLOCK;

// What a tar archive holds (POSIX.1-2001 pax, and GNU's long names): name, type, target of a link, and where its content is.
function* entries(read) {
  let long = {};
  for (let at = 0; ; ) {
    const header = read(at, BLOCK);
    if (header.length < BLOCK || header[0] === 0) return;
    const size = Number.parseInt(text(header.subarray(124, 136)).trim() || '0', 8);
    const type = String.fromCharCode(header[156]);
    if (Number.isNaN(size)) throw new Problem('it is no tar archive');
    const content = at + BLOCK;
    at = content + padded(size);
    if (type === 'x') long = { ...long, ...pax(read(content, size).toString('utf8')) };
    else if (type === 'L') long = { ...long, path: text(read(content, size)) };
    else if (type === 'K') long = { ...long, linkpath: text(read(content, size)) };
    else if (type !== 'g') {
      const prefix = text(header.subarray(257, 262)) === 'ustar' && header[262] === 0 ? text(header.subarray(345, 500)) : '';
      const name = long.path ?? (prefix ? `${prefix}/` : '') + text(header.subarray(0, 100));
      yield {
        path: posix.join('/', name).replace(/(.)\/$/, '$1'),
        type,
        target: long.linkpath ?? text(header.subarray(157, 257)),
        content,
        size,
      };
      long = {};
    }
  }
}

const pax = (records) => Object.fromEntries([...records.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)].map(([, key, value]) => [key, value]));

function unpacked(bytes) {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return zlib.gunzipSync(bytes);
  if (bytes.length < 4 || bytes.readUInt32LE() !== 0xfd2fb528) return bytes;
  if (!zlib.zstdDecompressSync) throw new Problem(`its layers are compressed with zstd, which Node ${process.versions.node} does not know; newer ones do`);
  return zlib.zstdDecompressSync(bytes);
}

// Puts a layer's files over those of the layers below it; what it takes away has a name of its own (OCI image layer, "Whiteouts").
function lay(files, layer) {
  const read = (from, size) => layer.subarray(from, from + size);
  const remove = (path) => {
    files.delete(path);
    for (const each of files.keys()) if (each.startsWith(`${path}/`)) files.delete(each);
  };
  for (const entry of entries(read)) {
    const { dir, base } = posix.parse(entry.path);
    if (base === '.wh..wh..opq') {
      const own = files.get(dir);
      remove(dir);
      if (own) files.set(dir, own);
    } else if (base.startsWith('.wh.')) remove(posix.join(dir, base.slice(4)));
    else if (entry.type === '1') files.set(entry.path, files.get(posix.join('/', entry.target)) ?? entry);
    else files.set(entry.path, { ...entry, text: base === 'release' && entry.size < KEPT ? read(entry.content, entry.size).toString('utf8') : '' });
  }
}

// The file of a path, through all links on its way; a folder need not have an entry of its own.
function found(files, path, links = 0) {
  const names = path.split('/').filter(Boolean);
  for (let i = 1; i <= names.length; i++) {
    const part = `/${names.slice(0, i).join('/')}`;
    const entry = files.get(part);
    if (entry?.type === '2') {
      return links < MOST_LINKS ? found(files, posix.join(posix.resolve(posix.dirname(part), entry.target), ...names.slice(i)), links + 1) : undefined;
    }
    if (i === names.length) return entry;
  }
}

function described(archive) {
  const file = openSync(archive, 'r');
  const read = (from, size) => {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, from));
  };
  const members = new Map([...entries(read)].map((entry) => [entry.path, entry]));
  const member = (name) => {
    const entry = found(members, `/${name}`);
    if (!entry) throw new Problem(`${name} is not in it`);
    return read(entry.content, entry.size);
  };
  const [image] = JSON.parse(member('manifest.json'));
  const { architecture, config } = JSON.parse(member(image.Config));
  const files = new Map();
  for (const layer of image.Layers) lay(files, unpacked(member(layer)));
  closeSync(file);

  const homes = ['/opt/java', ...(config?.Env ?? []).filter((each) => each.startsWith('JAVA_HOME=')).map((each) => each.slice('JAVA_HOME='.length))];
  const home = homes.find((each) => found(files, `${each}/bin/java`) && found(files, `${each}/release`));
  const version = home && /^JAVA_VERSION="?([0-9][0-9.]*)/m.exec(found(files, `${home}/release`).text)?.[1];
  return [architecture, home ?? '-', version ?? '-'];
}

const archive = process.argv[2];
try {
  console.log(described(archive).join('\t'));
} catch (cause) {
  const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause instanceof SyntaxError ? 'it is not an image as docker save writes it' : cause.message;
  console.error(`base-image: ${archive}: ${reason}`);
  process.exitCode = 1;
}
