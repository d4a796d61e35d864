// Makes a distribution's SBOM (CycloneDX) and the list of licences. Only Node's own library, so that nothing must be installed to run it.
//   sbom.mjs make PACKAGE TREE.json LOCAL-REPOSITORY package-lock.json UNPACKED-JAR OUT.cdx.json
//     PACKAGE: the folder quarkus-app. TREE: what dependency:tree wrote. UNPACKED-JAR: GROUP:NAME:VERSION of what is unpacked into an own jar.
//   sbom.mjs licences [--check] OUT.md SBOM.cdx.json…
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

// Licences that allow use in a distributed product. A component needs one of them; where it offers several, we take the first of this list.
const ALLOWED = [
  'Apache-2.0', 'MIT', 'MIT-0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'CC0-1.0', 'Unlicense', '0BSD', 'UPL-1.0',
  'EPL-2.0', 'EPL-1.0', 'MPL-2.0', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'GPL-2.0-with-classpath-exception',
];

// What some libraries write in place of an SPDX identifier.
const SPELLINGS = new Map(Object.entries({
  'apache 2': 'Apache-2.0',
  'apache 2.0': 'Apache-2.0',
  'apache license 2.0': 'Apache-2.0',
  'apache license, version 2.0': 'Apache-2.0',
  'the apache license, version 2.0': 'Apache-2.0',
  'the apache software license, version 2.0': 'Apache-2.0',
  'the mit license': 'MIT',
  'mit license': 'MIT',
  'the mit license (mit)': 'MIT',
  'mit-0': 'MIT-0',
  'eclipse public license v2.0': 'EPL-2.0',
  'eclipse public license v. 2.0': 'EPL-2.0',
  'eclipse public license, version 2.0': 'EPL-2.0',
  'eclipse public license - v 2.0': 'EPL-2.0',
  'eclipse public license 2.0': 'EPL-2.0',
  'eclipse public license - v 1.0': 'EPL-1.0',
  'epl 2.0': 'EPL-2.0',
  'eclipse distribution license - v 1.0': 'BSD-3-Clause',
  'edl 1.0': 'BSD-3-Clause',
  'gpl2 w/ cpe': 'GPL-2.0-with-classpath-exception',
  'gnu general public license, version 2 with the gnu classpath exception': 'GPL-2.0-with-classpath-exception',
  'public domain, per creative commons cc0': 'CC0-1.0',
  'bsd-3-clause': 'BSD-3-Clause',
}));

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
const purlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

// The packages that end up in the page: everything in the lock that is not for development alone.
function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional)
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : undefined;
      const [algorithm, content] = entry.integrity.split('-', 2);
      return {
        type: 'library',
        'bom-ref': purlOf(name, entry.version),
        ...(scope && { group: scope }),
        name: scope ? name.slice(scope.length + 1) : name,
        version: entry.version,
        hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(content, 'base64').toString('hex') }],
        licenses: [{ license: { id: entry.license } }],
        purl: purlOf(name, entry.version),
        dependsOn: Object.keys(entry.dependencies ?? {}),
      };
    });
}

const OWN_GROUP = 'io.vyra.modulemanager';
const jarOf = ({ group, name, version }) => `pkg:maven/${group}/${name}@${version}?type=jar`;
const textOf = (xml, tag) => new RegExp(`<${tag}>\\s*([^<]*?)\\s*</${tag}>`).exec(xml)?.[1];

function pomOf(repository, { group, name, version }) {
  const path = join(repository, ...group.split('.'), name, version, `${name}-${version}.pom`);
  if (!existsSync(path)) throw new Problem(`${path} is missing, although the build read it. Build again.`);
  return readFileSync(path, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
}

// Licences are inherited: the nearest pom that names any counts. The lock has verified all of these poms.
function namedLicences(repository, coordinates) {
  const pom = pomOf(repository, coordinates);
  const block = /<licenses>([\s\S]*?)<\/licenses>/.exec(pom)?.[1];
  if (block !== undefined) {
    return [...block.matchAll(/<license>([\s\S]*?)<\/license>/g)].map(([, xml]) => (textOf(xml, 'name') ?? textOf(xml, 'url') ?? '').replace(/\s+/g, ' ').replace(/&amp;/g, '&'));
  }
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(pom)?.[1];
  if (parent === undefined) return [];
  return namedLicences(repository, { group: textOf(parent, 'groupId'), name: textOf(parent, 'artifactId'), version: textOf(parent, 'version') });
}

function jarComponent(repository, coordinates, more) {
  const licenses = coordinates.group === OWN_GROUP ? [] : namedLicences(repository, coordinates).map((text) => {
    const id = SPELLINGS.get(text.toLowerCase()) ?? text;
    return { license: ALLOWED.includes(id) ? { id } : { name: text } };
  });
  return { type: 'library', 'bom-ref': jarOf(coordinates), ...coordinates, ...more, ...(licenses.length > 0 && { licenses }), purl: jarOf(coordinates) };
}

// The jars of the package, by the list that Quarkus writes beside them, with the sums of the very files.
function packagedJars(folder, repository) {
  const list = join(folder, 'quarkus-app-dependencies.txt');
  if (!existsSync(list)) throw new Problem(`${list} is missing. Make it with ./mm build.`);
  return readFileSync(list, 'utf8').split('\n').filter(Boolean).map((line) => {
    const [group, name, classifier, , version] = line.split(':');
    const file = `${group}.${name}-${version}${classifier && `-${classifier}`}.jar`;
    const path = ['main', 'boot'].map((part) => join(folder, 'lib', part, file)).find(existsSync);
    if (path === undefined) throw new Problem(`${file} is in ${list}, but not in ${join(folder, 'lib')}. Build again.`);
    const content = createHash('sha256').update(readFileSync(path)).digest('hex');
    return jarComponent(repository, { group, name, version }, { hashes: [{ alg: 'SHA-256', content }] });
  });
}

// Like the name-based UUIDs of RFC 9562, so that the same content has the same serial number.
function serialNumber(content) {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

function make(packageFolder, treePath, repository, lockPath, unpackedJar, outPath) {
  const tree = read(treePath);
  const lock = read(lockPath);
  const packages = shippedPackages(lock);
  const purls = new Map(packages.map((p) => [p.group ? `${p.group}/${p.name}` : p.name, p.purl]));
  const page = `pkg:npm/${lock.name}@${lock.version}`;
  const coordinatesOf = (node) => ({ group: node.groupId, name: node.artifactId, version: node.version });
  const [group, name, version] = unpackedJar.split(':');
  if (!version) throw new Problem(`'${unpackedJar}' does not name a jar (GROUP:NAME:VERSION).`);
  const unpacked = jarComponent(repository, { group, name, version }, { description: 'Two of its files are unpacked into a jar: the interactive page of the API.' });
  const root = jarOf(coordinatesOf(tree));
  const components = new Map([...packagedJars(packageFolder, repository), unpacked].map((c) => [c['bom-ref'], c]));
  components.set(page, { type: 'application', 'bom-ref': page, name: lock.name, version: lock.version, purl: page });
  for (const { dependsOn: _, ...component } of packages) components.set(component['bom-ref'], component);

  const dependencies = new Map([root, ...components.keys()].map((ref) => [ref, new Set()]));
  const walk = (node) => {
    for (const child of node.children ?? []) {
      // The tree also has what Quarkus leaves out of the package.
      if (components.has(jarOf(coordinatesOf(child)))) dependencies.get(jarOf(coordinatesOf(node)))?.add(jarOf(coordinatesOf(child)));
      walk(child);
    }
  };
  walk(tree);
  dependencies.get(root).add(page).add(unpacked['bom-ref']);
  for (const dependency of Object.keys(lock.packages[''].dependencies ?? {})) dependencies.get(page).add(purls.get(dependency));
  for (const { purl, dependsOn } of packages) {
    for (const dependency of dependsOn) if (purls.has(dependency)) dependencies.get(purl).add(purls.get(dependency));
  }
  const content = {
    metadata: { component: { type: 'application', 'bom-ref': root, ...coordinatesOf(tree), purl: root } },
    components: [...components.values()].sort((a, b) => byText(a['bom-ref'], b['bom-ref'])),
    dependencies: [...dependencies].sort(([a], [b]) => byText(a, b)).map(([ref, on]) => ({ ref, dependsOn: [...on].sort(byText) })),
  };
  const head = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialNumber(JSON.stringify(content)), version: 1 };
  write(outPath, `${JSON.stringify({ ...head, ...content }, null, 2)}\n`);
}

function licencesOf(component) {
  return (component.licenses ?? []).flatMap(({ license, expression }) => {
    const text = expression ?? license.id ?? license.name;
    return text.replace(/^\(|\)$/g, '').split(/ OR /).map((one) => SPELLINGS.get(one.trim().toLowerCase()) ?? one.trim());
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
    throw new Problem(`These components have no licence that is known to allow their use in a product (launcher/sbom.mjs, ALLOWED and SPELLINGS):\n${refused.join('\n')}\nUse another library, or add the licence there when it allows it.`);
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
  if (command === 'make' && rest.length === 6) make(...rest);
  else if (command === 'licences' && rest[0] === '--check' && rest.length >= 3) licences(rest[1], true, rest.slice(2));
  else if (command === 'licences' && rest.length >= 2 && rest[0] !== '--check') licences(rest[0], false, rest.slice(1));
  else throw new Problem('usage: sbom.mjs make PACKAGE TREE LOCAL-REPOSITORY LOCK UNPACKED-JAR OUT | licences [--check] OUT SBOM…');
} catch (problem) {
  if (!(problem instanceof Problem)) throw problem;
  process.stderr.write(`sbom: ${problem.message}\n`);
  process.exit(1);
}
