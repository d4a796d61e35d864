import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { armCommand, freeDomain, rosEnvironment } from './ros.ts'

const ROOT = join(import.meta.dirname, '../..')
const PREFIX = '/v2_modulemanager'
/** Where the manager's router listens unless it is told otherwise, and where the samples look for it. */
const USUAL_BUS_PORT = 7447
const START_LIMIT = 180_000
const STOP_LIMIT = 60_000

/** The packaged service as `./mm run` starts it, on a port and a data folder of its own. */
export class Service {
  private process: ChildProcess | null = null
  private readonly folder = mkdtempSync(join(tmpdir(), 'mm-page-'))

  private constructor(
    readonly port: number,
    readonly busPort: number,
    readonly rosDomain: number,
  ) {}

  /** @param settings environment variables beside those that every service here has */
  static async start(settings: Record<string, string> = {}): Promise<Service> {
    const service = new Service(await freePort(), await freePort(), await freeDomain())
    await service.start(settings)
    return service
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The same page as a gateway that keeps its prefix would ask for it. */
  get prefixedUrl(): string {
    return `${this.url}${PREFIX}`
  }

  get initialPassword(): string {
    return readFileSync(join(this.folder, 'data/initial-admin-password'), 'utf8').trim()
  }

  /** The package of a sample that speaks over the bus, made for this service's port: another one may have the usual port. */
  busPackage(name: string, version: string): string {
    const tree = join(this.folder, 'package', name)
    mkdirSync(tree, { recursive: true })
    const sample = join(ROOT, `examples/target/demo-repository/modules/${name}/${version}/${name}_${version}.tar.gz`)
    execFileSync('tar', ['-xzf', sample, '-C', tree])
    const manifest = join(tree, '.module/module_runtime.yaml')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`:${USUAL_BUS_PORT}`, `:${this.busPort}`))
    return this.pack(tree, name, version)
  }

  /**
   * The package of a module that runs once a node is in the graph of ROS 2.
   *
   * @param command what its process does
   */
  nodePackage(name: string, node: string, command: readonly string[]): string {
    const tree = join(this.folder, 'package', name)
    mkdirSync(join(tree, '.module'), { recursive: true })
    const environment = Object.entries(rosEnvironment(this.rosDomain)).map(([key, value]) => `export ${key}=${value}\n`)
    writeFileSync(join(tree, 'run.sh'), `#!/bin/sh\n${environment.join('')}exec ${command.map(quoted).join(' ')}\n`, { mode: 0o755 })
    const title = name.charAt(0).toUpperCase() + name.slice(1)
    writeFileSync(join(tree, '.module/module_data.yaml'), `name: ${name}\nversion: 1.0.0\ndisplay_name: ${title}\ndescription: A node of ROS 2.\nauthor: VYRA Module Manager\n`)
    writeFileSync(join(tree, '.module/module_params.yaml'), 'behavior:\n  auto_start: true\n  health_check: {enabled: true, interval_seconds: 1, timeout_seconds: 5, retries: 10, start_period_seconds: 120}\n')
    writeFileSync(join(tree, '.module/module_runtime.yaml'), `kind: process\ncommand: [./run.sh]\nprobe: {kind: ros2, nodes: [${node}]}\nstop: {timeout_seconds: 5}\n`)
    return this.pack(tree, name, '1.0.0')
  }

  private pack(tree: string, name: string, version: string): string {
    execFileSync(join(ROOT, 'mm'), ['pack', tree, '--out', join(this.folder, 'package')], { env: { ...process.env, MM_BUILD: 'skip' } })
    return join(this.folder, `package/${name}_${version}.tar.gz`)
  }

  /** A node of the same graph that belongs to no module. It ends with the service's folder. */
  startStranger(namespace: string): void {
    const [program, ...words] = armCommand(namespace)
    const log = openSync(join(this.folder, 'stranger.log'), 'a')
    spawn(program!, words, { cwd: this.folder, env: { ...process.env, ...rosEnvironment(this.rosDomain) }, stdio: ['ignore', log, log] })
    closeSync(log)
  }

  async start(settings: Record<string, string> = {}): Promise<void> {
    const log = createWriteStream(join(this.folder, 'service.log'), { flags: 'a' })
    const started = spawn(join(ROOT, 'mm'), ['run', '--port', String(this.port), '--data', join(this.folder, 'data')], {
      env: {
        ...process.env,
        MM_BUILD: 'skip',
        VYRA_ZENOH_LISTEN: `tcp/127.0.0.1:${this.busPort}`,
        ...rosEnvironment(this.rosDomain),
        MM_ROS2_PUBLISH_ALLOWED: '/arm/command',
        MM_ROS2_CALL_ALLOWED: '/arm/.*',
        // Short enough for a test to wait for; what is shown is the same.
        MM_JAVA_OPTS: `-Dvyra.probation=3s -Dvyra.root-path=${PREFIX}`,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.stdout.pipe(log)
    started.stderr.pipe(log)
    this.process = started
    await until(`the service is ready; its log is in ${this.folder}`, START_LIMIT, async () => {
      if (started.exitCode !== null) throw new Error(`the service ended with code ${started.exitCode}:\n${this.log}`)
      return fetch(`${this.url}/q/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    })
  }

  /** As a terminal's user would; modules go on running. */
  async stop(): Promise<void> {
    const running = this.process
    this.process = null
    if (running === null || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGTERM')
    const limit = setTimeout(() => running.kill('SIGKILL'), STOP_LIMIT)
    await ended
    clearTimeout(limit)
  }

  get log(): string {
    const file = join(this.folder, 'service.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Its modules outlive the service, as they should; but not the test. */
  remove(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const traces = [readFileSync(`/proc/${pid}/cmdline`, 'utf8'), readlinkSync(`/proc/${pid}/cwd`)]
        if (traces.some((trace) => trace.includes(this.folder))) process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It ended meanwhile, or is somebody else's.
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Asks until it is so; a test waits for nothing else. */
export async function until(what: string, limit: number, condition: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + limit
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`within ${limit / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A word of a shell's command. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
