// Says what a container engine is, for ./mm doctor: one line, or why it is of no use and exit code 1.
// usage: node launcher/engine.mjs /path/of/socket | tcp://host:port
// With VYRA_CONTAINER_TLS_FOLDER, as the manager has it, an engine at tcp:// is asked over TLS.
import { readFileSync, statfsSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { join } from 'node:path';

const PATIENCE_MS = 10_000;
const isRemote = process.argv[2].startsWith('tcp://');
const tlsFolder = process.env.VYRA_CONTAINER_TLS_FOLDER;

function place() {
  if (!isRemote) return { socketPath: process.argv[2] };
  const [, host, port] = /^tcp:\/\/(.+):(\d+)\/?$/.exec(process.argv[2]) ?? [];
  if (!host) throw new Error('its address is no tcp://host:port');
  const at = { host: host.replace(/^\[|\]$/g, ''), port };
  if (!tlsFolder) return at;
  const read = (name) => readFileSync(join(tlsFolder, name));
  return { ...at, ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

function request(options, answered) {
  return (options.ca ? https : http).request(options, answered);
}

function get(path) {
  return new Promise((resolve, reject) => {
    const asked = request({ ...place(), path, timeout: PATIENCE_MS }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => {
        try {
          if (answer.statusCode !== 200) throw new Error(`it answers ${answer.statusCode}`);
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error);
        }
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('it does not answer')));
    asked.on('error', reject);
    asked.end();
  });
}

function free(folder) {
  if (isRemote) return `images in ${folder} there`;
  try {
    const disk = statfsSync(folder);
    return `${((disk.bavail * disk.bsize) / 2 ** 30).toFixed(1)} GiB free in ${folder}`;
  } catch {
    return `images in ${folder}`;
  }
}

try {
  // Without a version of the API, which an engine that is too old would refuse before it says how old it is.
  const version = await get('/version');
  const isPodman = (version.Components ?? []).some((part) => part.Name?.includes('Podman'));
  const [least, name] = isPodman ? [[4, 3], 'Podman'] : [[20, 10], 'Docker'];
  const [major, minor] = version.Version.split('.').map(Number);
  if (major < least[0] || (major === least[0] && minor < least[1])) {
    throw new Error(`${name} ${version.Version} is too old, ${least.join('.')} or newer is needed`);
  }
  // 1.41 is Docker 20.10's; Podman serves it from 4.3 on.
  const info = await get('/v1.41/info');
  console.log(`${name} ${version.Version}, cgroup version ${info.CgroupVersion ?? 1}, ${info.Driver}, ${free(info.DockerRootDir)}`);
  for (const warning of info.Warnings ?? []) console.log(warning);
  // As EngineLimits.java has it: without root, version 1 of the kernel's control groups limits nothing, whatever the engine says.
  const rootless = info.Rootless === true || (info.SecurityOptions ?? []).some((option) => option.includes('name=rootless'));
  const delegated = !rootless || String(info.CgroupVersion) === '2';
  const lacking = [
    [info.MemoryLimit, 'memory'],
    [info.CpuCfsQuota ?? info.CpuQuota, 'processor time'],
    [info.PidsLimit, 'the number of processes'],
  ].filter(([can]) => !delegated || can === false);
  if (lacking.length > 0) {
    const what = lacking.map(([, name]) => name).join(', ');
    console.log(`${name}${rootless ? ' without root' : ''} cannot limit ${what} here; such limits of modules are not enforced`);
  }
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}
