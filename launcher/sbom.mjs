// Completes a distribution's SBOM (CycloneDX) and lists the licences. Only Node's own library, so that nothing must be installed to run it.
//   sbom.mjs merge JARS.cdx.json PAGE UNPACKED-JAR OUT.cdx.json
//     JARS: what Quarkus wrote. PAGE: the folder of package-lock.json. UNPACKED-JAR: GROUP:NAME:VERSION:LICENCE of what is unpacked into an own jar.
//   sbom.mjs licences [--check] OUT.md SBOM.cdx.json…
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

// Licences (SPDX) that allow use in a distributed product. A component needs one of them; where it offers several, we take the first of this list.
const ALLOWED = [
  'Apache-2.0', 'MIT', 'MIT-0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'CC0-1.0', 'Unlicense', '0BSD', 'UPL-1.0',
  'EPL-2.0', 'EPL-1.0', 'MPL-2.0', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'GPL-2.0-with-classpath-exception',
];

const OWN_GROUP = 'io.vyra.modulemanager';
const LOCK = new URL('../.mvn/checksums/checksums.sha256', import.meta.url);

class Problem extends Error {}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Problem(cause.code === 'ENOENT' ? `${path} is missing. Make it with ./mm build.` : `${path} is not readable as JSON (${cause.message}). Build again.`);
  }
}

// Through a second name, so that no reader ever sees half a file.
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// What npm knows of the page, without what only its development needs.
function pageSbom(folder) {
  const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'], { cwd: folder, encoding: 'utf8' });
  if (npm.error || npm.status !== 0) {
    throw new Problem(`'npm sbom' failed in ${folder}: ${(npm.error?.message ?? npm.stderr).trim()}\nIt needs npm 10.2 or newer (part of Node 20.19) and package-lock.json there.`);
  }
  const { metadata, components, dependencies } = JSON.parse(npm.stdout);
  const shipped = components.filter(({ scope }) => scope === 'required');
  const kept = new Set([metadata.component, ...shipped].map((component) => component['bom-ref']));
  return {
    root: metadata.component['bom-ref'],
    components: [{ ...metadata.component, type: 'application' }, ...shipped],
    dependencies: dependencies.filter(({ ref }) => kept.has(ref)).map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => kept.has(on)) })),
  };
}

// No dependency of the project, so Quarkus does not see it.
function unpackedComponent(coordinates) {
  const [group, name, version, licence] = coordinates.split(':');
  if (!licence) throw new Problem(`'${coordinates}' does not name a jar and its licence (GROUP:NAME:VERSION:LICENCE).`);
  const purl = `pkg:maven/${group}/${name}@${version}?type=jar`;
  const path = `${group.replaceAll('.', '/')}/${name}/${version}/${name}-${version}.jar`;
  const locked = readFileSync(LOCK, 'utf8').split('\n').find((line) => line.endsWith(`  ${path}`));
  return {
    type: 'library', 'bom-ref': purl, group, name, version,
    description: 'Unpacked into a jar in part: the interactive page of the API.',
    // Absent only between a change of its version and ./mm deps lock.
    ...(locked && { hashes: [{ alg: 'SHA-256', content: locked.slice(0, 64) }] }),
    licenses: [{ license: { id: licence } }],
    purl,
  };
}

// Like the name-based UUIDs of RFC 9562, so that the same content has the same serial number.
function serialNumber(content) {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

function merge(jarsPath, pageFolder, unpackedJar, outPath) {
  const jars = read(jarsPath);
  const page = pageSbom(pageFolder);
  const unpacked = unpackedComponent(unpackedJar);
  const root = jars.metadata.component['bom-ref'];
  const slim = ({ hashes, ...component }) => {
    // The project's own jars are told apart by the commit; with their hashes every change of code would change this file, too.
    const kept = component.group === OWN_GROUP ? [] : (hashes ?? []).filter(({ alg }) => alg === 'SHA-256' || alg === 'SHA-512');
    return kept.length > 0 ? { ...component, hashes: kept } : component;
  };
  const dependencies = [...jars.dependencies, ...page.dependencies, { ref: unpacked['bom-ref'], dependsOn: [] }].map(({ ref, dependsOn = [] }) => ({
    ref,
    dependsOn: [...dependsOn, ...(ref === root ? [page.root, unpacked['bom-ref']] : [])].sort(byText),
  }));
  const content = {
    // Without the time, and with the tools' names alone: the same commit gives the same bytes.
    metadata: { component: slim(jars.metadata.component), tools: { components: [...jars.metadata.tools.components.map(slim), { type: 'application', name: 'npm' }] } },
    // Quarkus lists the application itself, too, but a reference must be unique.
    components: [...jars.components.filter((component) => component['bom-ref'] !== root).map(slim), unpacked, ...page.components].sort((a, b) => byText(a['bom-ref'], b['bom-ref'])),
    dependencies: dependencies.sort((a, b) => byText(a.ref, b.ref)),
  };
  const head = { bomFormat: 'CycloneDX', specVersion: jars.specVersion, serialNumber: serialNumber(JSON.stringify(content)), version: 1 };
  write(outPath, `${JSON.stringify({ ...head, ...content }, null, 2)}\n`);
}

function licencesOf(component) {
  return (component.licenses ?? []).flatMap(({ license, expression }) => {
    const text = expression ?? license.id ?? license.name;
    return text.replace(/^\(|\)$/g, '').split(/ OR /).map((one) => one.trim());
  });
}

function licences(outPath, check, sbomPaths) {
  const rows = new Map();
  for (const path of sbomPaths) {
    for (const component of read(path).components) {
      if (component.group !== OWN_GROUP && component.type !== 'application') rows.set(component.purl, component);
    }
  }
  const refused = [];
  const lines = [...rows.values()]
    .map((component) => {
      const offered = licencesOf(component);
      const taken = ALLOWED.find((licence) => offered.includes(licence));
      // A native part has the same licence for every processor, and the page is the same on all of them.
      const plain = component.name.replace(/-linux-(x86_64|aarch64|aarch_64)$/, '-linux-PROCESSOR');
      const name = component.group ? `${component.group}${component.purl.startsWith('pkg:npm') ? '/' : ':'}${plain}` : plain;
      if (taken === undefined) refused.push(`  ${name} ${component.version}: ${offered.join(', ') || 'names no licence'}`);
      return { name, taken, kind: component.purl.startsWith('pkg:npm') ? 'npm' : 'jar', offered };
    })
    .sort((a, b) => byText(a.kind, b.kind) || byText(a.name, b.name));
  if (refused.length > 0) {
    throw new Problem(`These components have no licence that is known to allow their use in a product (ALLOWED in launcher/sbom.mjs):\n${refused.join('\n')}\nUse another library, or add the licence there when it allows it.`);
  }
  const counts = new Map();
  for (const { taken } of lines) counts.set(taken, (counts.get(taken) ?? 0) + 1);
  const text = `# Licences

What the full distribution contains, by its SBOM, and SLIM a part of; ./mm deps licences writes this page, and a test compares it with the SBOM.
Where a component offers several licences, the one that is used stands first. No version is listed, because an update does not change a licence; the SBOM has them.

| licence | components |
|---|---|
${[...counts].sort(([a, x], [b, y]) => y - x || byText(a, b)).map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

| component | kind | licence | also offered |
|---|---|---|---|
${lines.map((l) => `| ${l.name} | ${l.kind} | ${l.taken} | ${[...new Set(l.offered)].filter((o) => o !== l.taken).sort(byText).join(', ')} |`).join('\n')}
`;
  if (!check) return write(outPath, text);
  let written = '';
  try {
    written = readFileSync(outPath, 'utf8');
  } catch {
    // Missing is as stale as different.
  }
  if (written !== text) throw new Problem(`${outPath} does not list what the SBOMs contain. Write it again: ./mm deps licences, and commit it.`);
}

try {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'merge' && rest.length === 4) merge(...rest);
  else if (command === 'licences' && rest[0] === '--check' && rest.length >= 3) licences(rest[1], true, rest.slice(2));
  else if (command === 'licences' && rest.length >= 2 && rest[0] !== '--check') licences(rest[0], false, rest.slice(1));
  else throw new Problem('usage: sbom.mjs merge JARS PAGE UNPACKED-JAR OUT | licences [--check] OUT SBOM…');
} catch (problem) {
  if (!(problem instanceof Problem)) throw problem;
  process.stderr.write(`sbom: ${problem.message}\n`);
  process.exit(1);
}
